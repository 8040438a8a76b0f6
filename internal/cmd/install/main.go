// Command install builds the provider into a folder from which Terraform and OpenTofu install it as from their registries, and prints the line for the
// shell that makes them do so.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/mirror"
)

func main() {
	log.SetFlags(0)
	folder := flag.String("folder", "bin", "`folder` for the provider and the settings, in the source tree")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("install: unexpected argument %q", flag.Arg(0))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	if err := run(ctx, ".", *folder, time.Now(), os.Stdout, os.Stderr); err != nil {
		log.Printf("install: %s", err)
		stop()
		os.Exit(1)
	}
	stop()
}

// run leaves one version in the mirror: the new one, or the one before if the build fails. Each build is a version of its own, the later the higher: to a
// lock file, the same version with other bytes would be an attack.
func run(ctx context.Context, root, folder string, now time.Time, shell, person io.Writer) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	version := fmt.Sprintf("0.0.%d", now.Unix())
	packages, settings := filepath.Join(folder, "mirror"), filepath.Join(folder, "mirror.tfrc")
	built := packages + ".new"
	if err := os.RemoveAll(built); err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-ldflags", "-X main.version="+version, "-o", mirror.Executable(built, mirror.Registries[0], version), ".")
	build.Dir, build.Stdout, build.Stderr = root, person, person
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	if err := errors.Join(mirror.Share(built, version), os.RemoveAll(packages)); err != nil {
		return err
	}
	if err := errors.Join(os.Rename(built, packages), os.WriteFile(settings, []byte(mirror.Settings(packages)), 0o600)); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(person, "Installed version %s in %s.\nTo use it, run the next line, or: eval \"$(make -s install)\"\n"+
		"Then run terraform init (or tofu init), with -upgrade where an older build was used before.\n", version, packages)
	for _, file := range shadowed(settings) {
		_, _ = fmt.Fprintf(person, "In that shell, your settings in %s do not apply.\n", file)
	}
	assignment := "export TF_CLI_CONFIG_FILE='%s'\n"
	if runtime.GOOS == "windows" {
		assignment = "$env:TF_CLI_CONFIG_FILE = '%s'\n" // PowerShell
	}
	_, err = fmt.Fprintf(shell, assignment, strings.ReplaceAll(settings, "'", `'\''`))
	return err
}

// shadowed are the settings of the person that the new ones take the place of: those that the environment names, else those of Terraform and of OpenTofu.
func shadowed(settings string) []string {
	if chosen := os.Getenv("TF_CLI_CONFIG_FILE"); chosen != "" {
		return slices.DeleteFunc([]string{chosen}, func(file string) bool { return file == settings || !exists(file) })
	}
	home, err := os.UserHomeDir()
	files := []string{filepath.Join(home, ".terraformrc"), filepath.Join(home, ".tofurc")}
	if runtime.GOOS == "windows" {
		home, err = os.UserConfigDir()
		files = []string{filepath.Join(home, "terraform.rc"), filepath.Join(home, "tofu.rc")}
	}
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(files, func(file string) bool { return !exists(file) })
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

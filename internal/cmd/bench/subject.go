package main

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed configurations/customerio configurations/floor
var configurations embed.FS

const (
	thisAddress = "customerio-source/customerio"
	// thisSubject and floorSubject are what the results call this provider, and Terraform alone.
	thisSubject  = "this provider"
	floorSubject = "terraform_data"
)

// subject is what is measured: a configuration, and the provider that it needs.
type subject struct {
	name string
	// address is that of the provider, "" if Terraform has it built in, and binary the path of its file.
	address, binary string
	// files are the configuration, by name.
	files map[string][]byte
	// isOther may fail: that is a result too.
	isOther bool
}

func embedded(name, folder string) (subject, error) {
	text, err := configurations.ReadFile("configurations/" + folder + "/main.tf")
	return subject{name: name, files: map[string][]byte{"main.tf": text}}, err
}

// other is the subject that the caller brings along.
func other(folder, address, binary string) (subject, error) {
	if address == "" || binary == "" {
		return subject{}, errors.New("-other-config needs -other-source and -other-binary")
	}
	binary, err := filepath.Abs(binary)
	if err != nil {
		return subject{}, err
	}
	if _, err := os.Stat(binary); err != nil {
		return subject{}, err
	}
	one := subject{name: strings.TrimPrefix(address, "registry.terraform.io/"), address: address, binary: binary, files: map[string][]byte{}, isOther: true}
	files, err := filepath.Glob(filepath.Join(folder, "*.tf"))
	if err != nil {
		return subject{}, err
	}
	if len(files) == 0 {
		return subject{}, fmt.Errorf("there is no Terraform configuration in %s", folder)
	}
	for _, file := range files {
		if one.files[filepath.Base(file)], err = os.ReadFile(file); err != nil {
			return subject{}, err
		}
	}
	return one, nil
}

// buildProvider compiles this provider like a release, and returns its path.
func buildProvider(ctx context.Context, folder string) (string, error) {
	module, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	root := filepath.Dir(cmp.Or(strings.TrimSpace(string(module)), os.DevNull))
	binary := filepath.Join(folder, "built", "provider")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, output)
	}
	return binary, nil
}

package commandline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"github.com/hashicorp/go-version"
)

// Program is a Terraform, or an OpenTofu, of some version.
type Program struct {
	Path     string
	OpenTofu bool
	Version  *version.Version
}

// String is the program as its makers write it, such as "OpenTofu 1.12.6".
func (p Program) String() string {
	name := "Terraform"
	if p.OpenTofu {
		name = "OpenTofu"
	}
	return name + " " + p.Version.String()
}

// told is what both say of themselves. As JSON, they say the same under the same name, and so do not say which of the two they are.
var told = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)`)

// Ask finds out what a program is, by name or by path.
func Ask(ctx context.Context, name string) (Program, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return Program{}, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return Program{}, err
	}
	command := exec.CommandContext(ctx, path, "version")
	command.Dir, command.Env = os.TempDir(), append(os.Environ(), "CHECKPOINT_DISABLE=1")
	output, err := command.Output()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		return Program{}, fmt.Errorf("version: %w: %s", err, bytes.TrimSpace(append(output, failed.Stderr...)))
	}
	if err != nil {
		return Program{}, fmt.Errorf("version: %w", err)
	}
	found := told.FindSubmatch(output)
	if found == nil {
		return Program{}, fmt.Errorf("version: neither Terraform nor OpenTofu answers %q", output)
	}
	is, err := version.NewVersion(string(found[2]))
	if err != nil {
		return Program{}, err
	}
	return Program{Path: path, OpenTofu: string(found[1]) == "OpenTofu", Version: is}, nil
}

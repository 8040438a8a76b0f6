package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// folder is where the files go.
type folder struct {
	path string
	// force allows files to be overwritten.
	force bool
}

// check refuses a folder in which nothing can be written, before anything is read. One that is not there is made at the end.
func (f folder) check() error {
	at := f.path
	info, err := os.Stat(at)
	for errors.Is(err, fs.ErrNotExist) && at != filepath.Dir(at) {
		at = filepath.Dir(at)
		info, err = os.Stat(at)
	}
	switch {
	case err != nil:
		return f.unable(err)
	case !info.IsDir():
		return fmt.Errorf("unable to write to %s: %s is a file. Name a folder with -out", f.path, at)
	}
	if found := f.configurations([]string{mainFile}); len(found) > 0 && !f.force {
		return f.taken(found)
	}
	probe, err := os.MkdirTemp(at, ".export-")
	if err != nil {
		return f.unable(err)
	}
	return os.Remove(probe)
}

// unable leaves out the name of the probe.
func (f folder) unable(err error) error {
	if of, is := errors.AsType[*fs.PathError](err); is {
		err = of.Err
	}
	return fmt.Errorf("unable to write to %s: %w. Name another folder with -out", f.path, err)
}

// refuse refuses to overwrite, and to write beside another configuration: two provider blocks, or two resources of one name, are an error.
func (f folder) refuse(names []string) error {
	var taken, others []string
	for _, name := range names {
		if _, err := os.Lstat(f.at(name)); err == nil && !f.force {
			taken = append(taken, name)
		}
	}
	for _, path := range f.configurations(names) {
		if !slices.Contains(names, path) {
			others = append(others, path)
		}
	}
	switch {
	case len(taken) > 0:
		return f.taken(taken)
	case len(others) > 0:
		return fmt.Errorf("%s already has a configuration: %s. Name an empty folder with -out, and move the blocks that you want", f.path, strings.Join(others, ", "))
	}
	return nil
}

func (f folder) taken(names []string) error {
	return fmt.Errorf("%s already has %s. Name another folder with -out, or overwrite with -force", f.path, strings.Join(names, ", "))
}

// configurations are the files of Terraform in the folders of the names.
func (f folder) configurations(names []string) (found []string) {
	folders := []string{"."}
	for _, name := range names {
		if in := path.Dir(name); !slices.Contains(folders, in) {
			folders = append(folders, in)
		}
	}
	for _, in := range folders {
		entries, _ := os.ReadDir(f.at(in)) // one that is not there has none
		for _, entry := range entries {
			if name := entry.Name(); strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tf.json") {
				found = append(found, path.Join(in, name))
			}
		}
	}
	return found
}

func (f folder) at(name string) string { return filepath.Join(f.path, filepath.FromSlash(name)) }

// write writes all files or none: first beside their places, then by renames, which it takes back if one fails.
func (f folder) write(texts map[string]string, names []string) (err error) {
	if err := f.refuse(names); err != nil {
		return err
	}
	fresh, err := f.make()
	if err != nil {
		return err
	}
	staged, err := os.MkdirTemp(f.path, ".export-")
	if err == nil {
		defer func() { _ = os.RemoveAll(staged) }()
		err = f.place(staged, texts, names)
	}
	if err != nil && fresh != "" {
		_ = os.RemoveAll(staged)
		removeEmpty(f.path, fresh)
	}
	return err
}

// make makes the folder, and returns the outermost one that was not there.
func (f folder) make() (fresh string, err error) {
	for at := filepath.Clean(f.path); ; at = filepath.Dir(at) {
		if _, err := os.Lstat(at); err == nil || at == filepath.Dir(at) {
			break
		}
		fresh = at
	}
	return fresh, os.MkdirAll(f.path, 0o777) //nolint:gosec // as the umask allows, like other code
}

// removeEmpty removes folders from the innermost one to the outermost, as long as they are empty.
func removeEmpty(inner, outer string) {
	for at := filepath.Clean(inner); os.Remove(at) == nil && at != outer; at = filepath.Dir(at) {
	}
}

func (f folder) place(staged string, texts map[string]string, names []string) error {
	for i, name := range names {
		if err := os.WriteFile(filepath.Join(staged, fmt.Sprint(i)), []byte(texts[name]), 0o666); err != nil { //nolint:gosec // as the umask allows
			return err
		}
	}
	var undo []func()
	for i, name := range names {
		back, err := f.move(filepath.Join(staged, fmt.Sprint(i)), name)
		undo = append(undo, back...)
		if err != nil {
			slices.Reverse(undo)
			for _, one := range undo {
				one()
			}
			return err
		}
	}
	return nil
}

// move puts a file in its place, and returns what takes that back.
func (f folder) move(from, name string) (undo []func(), err error) {
	to := f.at(name)
	if inner := filepath.Dir(to); inner != filepath.Clean(f.path) {
		if os.Mkdir(inner, 0o777) == nil { //nolint:gosec // as the umask allows
			undo = append(undo, func() { _ = os.Remove(inner) })
		}
	}
	if _, err := os.Lstat(to); err == nil {
		if err := os.Rename(to, from+".old"); err != nil {
			return undo, err
		}
		undo = append(undo, func() { _ = os.Rename(from+".old", to) })
	}
	if err := os.Rename(from, to); err != nil {
		return undo, err
	}
	return append(undo, func() { _ = os.Remove(to) }), nil
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// goPackage is what "go list" says of a package. folder is its folder below the root of the source tree.
type goPackage struct {
	Dir, ImportPath, Name              string
	GoFiles, TestGoFiles, XTestGoFiles []string
	folder                             string
}

func listPackages(ctx context.Context, root string, patterns []string) (packages []goPackage, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, "go", append([]string{"list", "-json=Dir,ImportPath,Name,GoFiles,TestGoFiles,XTestGoFiles"}, patterns...)...)
	command.Dir, command.Stderr = root, os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var one goPackage
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		if one.folder, err = filepath.Rel(root, one.Dir); err != nil {
			return nil, err
		}
		one.folder = filepath.ToSlash(one.folder)
		packages = append(packages, one)
	}
}

// mutant is one change to one place in the code.
type mutant struct {
	// number tells it from the others of a run.
	number int
	goPackage
	// file is relative to the root of the source tree.
	file     string
	position token.Position
	edit
	source *source
	// within is the function that it changes, or the value of a variable outside of functions.
	within ast.Node

	fate fate
	// killer is the test that noticed it, and killedIn the package of that test.
	killer, killedIn string
}

// edit is another text for a part of a file.
type edit struct {
	operator   string
	start, end int
	text       string
}

type source struct {
	path string
	text []byte
	file *token.File
}

// between is the text from one place to another one.
func (s *source) between(start, end token.Pos) string {
	return string(s.text[s.file.Offset(start):s.file.Offset(end)])
}

func findMutants(packages []goPackage) (found []*mutant, err error) {
	for _, one := range packages {
		for _, name := range one.GoFiles {
			file := filepath.Join(one.Dir, name)
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			files := token.NewFileSet()
			parsed, err := parser.ParseFile(files, file, text, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			read := &source{path: file, text: text, file: files.File(parsed.FileStart)}
			for _, within := range mutable(parsed) {
				for _, edit := range edits(within, read) {
					found = append(found, &mutant{goPackage: one, file: path.Join(one.folder, name), position: read.file.Position(read.file.Pos(edit.start)),
						edit: edit, source: read, within: within})
				}
			}
		}
	}
	return found, nil
}

// mutable are the functions of a file, and the values of its variables.
func mutable(file *ast.File) (parts []ast.Node) {
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			if declaration.Body != nil {
				parts = append(parts, declaration)
			}
		case *ast.GenDecl:
			for _, specification := range declaration.Specs {
				if values, is := specification.(*ast.ValueSpec); is && declaration.Tok == token.VAR && len(values.Values) == len(values.Names) {
					for _, value := range values.Values {
						parts = append(parts, value)
					}
				}
			}
		}
	}
	return parts
}

func (m *mutant) name() string {
	return fmt.Sprintf("%s:%d:%d:%s", m.file, m.position.Line, m.position.Column, m.operator)
}

// mutated is the text of a part of the file with the change in it.
func (m *mutant) mutated(start, end int) string {
	return string(m.source.text[start:m.start]) + m.text + string(m.source.text[m.end:end])
}

// difference is the file, and the changed lines before and after the change.
func (m *mutant) difference() string {
	text := m.source.text
	start := bytes.LastIndexByte(text[:m.start], '\n') + 1
	end := len(text)
	if length := bytes.IndexByte(text[m.end:], '\n'); length >= 0 {
		end = m.end + length
	}
	return m.file + "\n" + marked("- ", string(text[start:end])) + marked("+ ", m.mutated(start, end))
}

func marked(mark, text string) string {
	var lines strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines.WriteString(mark + line + "\n")
		}
	}
	return lines.String()
}

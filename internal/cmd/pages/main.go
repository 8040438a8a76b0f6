// Command pages completes the generated pages of resources, data sources and functions: their place in the menu, links in the place of names, and
// links to related pages. The descriptions in the schemas have no links, because editors show them too, and there a link would lead nowhere.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// docs is where the pages are, from the root of the project.
const docs = "docs"

// kinds are the folders with pages, in the order in which a page lists related ones, with what their pages are about.
var kinds = []struct{ folder, title string }{
	{"resources", "Resource"}, {"data-sources", "Data source"}, {"list-resources", "List resource"}, {"ephemeral-resources", "Ephemeral resource"},
	{"functions", "Function"},
}

const relatedHeading = "\n\n## See also\n\n"

func main() {
	log.SetFlags(0)
	site, err := read(docs)
	if err != nil {
		log.Fatal(err)
	}
	for file, text := range site.pages {
		completed, err := site.complete(file, text)
		if err != nil {
			log.Fatalf("%s: %s", file, err)
		}
		if err := os.WriteFile(filepath.Join(docs, file), []byte(completed), 0o644); err != nil { //nolint:gosec // a page for everybody
			log.Fatal(err)
		}
	}
}

// site is what the pages are completed from.
type site struct {
	// pages are the texts by file, such as "resources/dataflow.md", and "index.md".
	pages map[string]string
	// guides are the titles by name, such as "importing".
	guides map[string]string
}

func read(folder string) (site, error) {
	found := site{pages: map[string]string{}, guides: map[string]string{}}
	patterns := []string{"index.md", "guides/*.md"}
	for _, kind := range kinds {
		patterns = append(patterns, kind.folder+"/*.md")
	}
	for _, pattern := range patterns {
		files, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return found, err
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return found, err
			}
			if name, isGuide := strings.CutPrefix(filepath.ToSlash(file), filepath.ToSlash(folder)+"/guides/"); isGuide {
				found.guides[strings.TrimSuffix(name, ".md")] = title(string(text))
				continue
			}
			found.pages[strings.TrimPrefix(filepath.ToSlash(file), filepath.ToSlash(folder)+"/")] = string(text)
		}
	}
	return found, nil
}

// title is that of a page's front matter.
func title(text string) string {
	_, after, _ := strings.Cut(text, "page_title: \"")
	title, _, _ := strings.Cut(after, "\"")
	return title
}

func (s site) complete(file, text string) (string, error) {
	text, _, _ = strings.Cut(text, relatedHeading)
	if file == "index.md" {
		return s.link(file, text)
	}
	name := strings.TrimSuffix(filepath.Base(file), ".md")
	one, known := subjects[name]
	if !known {
		return "", fmt.Errorf("say in subjects where %s belongs", name)
	}
	text = subcategory.ReplaceAllLiteralString(text, fmt.Sprintf("subcategory: %q", one.subcategory))
	text, err := s.link(file, text)
	if err != nil {
		return "", err
	}
	related, err := s.related(file, name, one)
	return strings.TrimRight(text, "\n") + related, err
}

// related lists the other pages about the same thing, and the guides.
func (s site) related(file, name string, one subject) (string, error) {
	var lines []string
	for _, kind := range kinds {
		other := kind.folder + "/" + name + ".md"
		if _, exists := s.pages[other]; exists && other != file {
			lines = append(lines, fmt.Sprintf("- %s [`%s`](../%s)\n", kind.title, heading(name, kind.folder), other))
		}
	}
	for _, guide := range one.guides {
		title, exists := s.guides[guide]
		if !exists {
			return "", fmt.Errorf("there is no guide %q", guide)
		}
		lines = append(lines, fmt.Sprintf("- Guide [%s](../guides/%s.md)\n", title, guide))
	}
	if len(lines) == 0 {
		return "\n", nil
	}
	return relatedHeading + strings.Join(lines, ""), nil
}

// heading is how configurations call a thing.
func heading(name, folder string) string {
	if folder == "functions" {
		return name
	}
	return "customerio_" + name
}

// unused are the subjects that no page is about.
func (s site) unused() []string {
	var names []string
	for name := range subjects {
		if !slices.ContainsFunc(kinds, func(kind struct{ folder, title string }) bool {
			_, exists := s.pages[kind.folder+"/"+name+".md"]
			return exists
		}) {
			names = append(names, name)
		}
	}
	return names
}

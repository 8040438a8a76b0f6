package main

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	subcategory = regexp.MustCompile(`(?m)^subcategory: ".*"$`)
	// mention is a name that has a page: of a resource or a data source, of a function if the text calls it one, of a guide, or the code of an error. One
	// that is a link already begins with a bracket.
	mention = regexp.MustCompile("(\\[|function |(?:resource or )?data sources? )?`(customerio_)?([a-z_]+)`|the guide \"([^\"]+)\"|(\\[)?`([A-Z]+-[0-9]+-[0-9]+)`")
)

// link makes links of the names in the prose of a page, of each name once in a section.
func (s site) link(file, text string) (string, error) {
	var failure error
	front, body, _ := cutFrontMatter(text)
	lines := strings.Split(body, "\n")
	linked, inCode := map[string]bool{}, false
	for i, line := range lines {
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "```"):
			inCode = !inCode
		case strings.HasPrefix(line, "#") && !inCode:
			linked = map[string]bool{}
		case !inCode:
			lines[i] = mention.ReplaceAllStringFunc(line, func(found string) string {
				replaced, target, err := s.replace(file, found)
				if err != nil {
					failure = err
				}
				if target == "" || linked[target] {
					return found
				}
				linked[target] = true
				return replaced
			})
		}
	}
	return front + strings.Join(lines, "\n"), failure
}

func cutFrontMatter(text string) (front, body string, found bool) {
	const end = "\n---\n"
	i := strings.Index(text, end)
	if i < 0 {
		return "", text, false
	}
	return text[:i+len(end)], text[i+len(end):], true
}

// replace returns a mention as a link, and the page that it leads to. That is empty if the mention has no page, or is on it.
func (s site) replace(file, found string) (replaced, target string, err error) {
	parts := mention.FindStringSubmatch(found)
	before, prefix, name, guide, code := parts[1], parts[2], parts[3], parts[4], parts[6]
	switch {
	case guide != "":
		target, err = s.guide(guide)
		return fmt.Sprintf("the guide [%s](%s)", guide, from(file, target)), target, err
	case code != "":
		target = "guides/errors.md"
		if parts[5] != "" {
			return found, target, nil
		}
		return fmt.Sprintf("[`%s`](%s)", code, from(file, target)), target, nil
	case prefix == "" && before != "function ":
		return found, "", nil
	}
	target = s.page(name, prefix, before)
	if target == "" || target == file {
		return found, "", nil
	}
	if before == "[" {
		return found, target, nil
	}
	return fmt.Sprintf("%s[`%s`](%s)", before, prefix+name, from(file, target)), target, nil
}

// page is that of a name. A name without more is that of the resource, if there is one.
func (s site) page(name, prefix, before string) string {
	folders := []string{"resources", "data-sources", "ephemeral-resources"}
	switch {
	case prefix == "":
		folders = []string{"functions"}
	case strings.HasPrefix(before, "data source"):
		folders = []string{"data-sources"}
	}
	for _, folder := range folders {
		if _, exists := s.pages[folder+"/"+name+".md"]; exists {
			return folder + "/" + name + ".md"
		}
	}
	return ""
}

func (s site) guide(title string) (string, error) {
	for name, known := range s.guides {
		if known == title {
			return "guides/" + name + ".md", nil
		}
	}
	return "", fmt.Errorf("there is no guide %q", title)
}

// from is a target relative to a page.
func from(file, target string) string {
	if strings.Contains(file, "/") {
		return "../" + target
	}
	return target
}

package architecture_test

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

const (
	repository = "https://github.com/customerio-source/terraform-provider-customerio"
	rawFiles   = "https://raw.githubusercontent.com/customerio-source/terraform-provider-customerio/main/"
)

// document is a page, with the addresses that it links to and the anchors that it has.
type document struct {
	links, images []string
	anchors       map[string]bool
}

// documents are all pages of the repository by path. Templates are none: docs/ has what becomes of them.
func documents(t *testing.T) map[string]document {
	t.Helper()
	found := map[string]document{}
	require.NoError(t, filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, file)
		name = filepath.ToSlash(name)
		if entry.IsDir() && (name == ".git" || name == "bin" || name == "dist" || name == "templates") {
			return fs.SkipDir
		}
		if err != nil || path.Ext(name) != ".md" || strings.Contains(name, "/testdata/") {
			return err
		}
		page, err := os.ReadFile(file)
		found[name] = parse(page)
		return err
	}))
	require.Greater(t, len(found), 60)
	return found
}

var (
	frontMatter = regexp.MustCompile(`(?s)\A---\n.*?\n---\n`)
	htmlAnchor  = regexp.MustCompile(`<a (?:id|name)="([^"]+)"`)
)

func parse(page []byte) document {
	page = frontMatter.ReplaceAll(page, nil)
	found := document{anchors: map[string]bool{}}
	for _, anchor := range htmlAnchor.FindAllSubmatch(page, -1) {
		found.anchors[string(anchor[1])] = true
	}
	tree := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(page))
	_ = ast.Walk(tree, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := node.(type) {
		case *ast.Heading:
			found.anchors[found.unused(anchorOf(textOf(node, page)))] = true
		case *ast.Link:
			found.links = append(found.links, string(node.Destination))
		case *ast.AutoLink:
			found.links = append(found.links, string(node.URL(page)))
		case *ast.Image:
			found.images = append(found.images, string(node.Destination))
		}
		return ast.WalkContinue, nil
	})
	return found
}

func textOf(node ast.Node, page []byte) string {
	var parts strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		if leaf, is := child.(*ast.Text); is {
			parts.Write(leaf.Segment.Value(page))
		} else {
			parts.WriteString(textOf(child, page))
		}
	}
	return parts.String()
}

// anchorOf is how GitHub and the registry name the anchor of a heading.
func anchorOf(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// unused gives repeated headings numbers, as GitHub does.
func (d document) unused(anchor string) string {
	for i, one := 1, anchor; ; i++ {
		if !d.anchors[one] {
			return one
		}
		one = anchor + "-" + strconv.Itoa(i)
	}
}

// published tells whether the registry shows a page. It has nothing but these.
func published(name string) bool {
	return strings.HasPrefix(name, "docs/") && !strings.HasPrefix(name, "docs/design/")
}

// TestEveryLinkResolves looks at files and anchors. Addresses outside of the repository are not asked.
func TestEveryLinkResolves(t *testing.T) {
	t.Parallel()
	pages := documents(t)
	for name, page := range pages {
		for _, link := range page.links {
			requireTarget(t, pages, name, link)
		}
		for _, image := range page.images {
			requireTarget(t, pages, name, image)
			require.False(t, published(name) && !strings.HasPrefix(image, "https://"), "%s: the registry shows images only by their whole address, not %s", name, image)
		}
	}
}

func requireTarget(t *testing.T, pages map[string]document, name, link string) {
	t.Helper()
	address, err := url.Parse(link)
	require.NoError(t, err, name)
	var target string
	switch {
	case strings.HasPrefix(link, rawFiles):
		target = strings.TrimPrefix(link, rawFiles)
	case strings.HasPrefix(link, repository):
		if target = inRepository(t, name, address); target == "" {
			return
		}
	case address.Scheme != "":
		require.Equal(t, "https", address.Scheme, "%s: %s", name, link)
		return
	case address.Path == "":
		target = name
	default:
		target = path.Join(path.Dir(name), address.Path)
		require.False(t, published(name) && !published(target), "%s: the registry does not have %s, so write its whole address", name, link)
	}
	_, err = os.Stat(filepath.Join(root, filepath.FromSlash(target)))
	require.NoError(t, err, "%s: %s", name, link)
	if address.Fragment != "" {
		require.Contains(t, pages[target].anchors, address.Fragment, "%s: %s", name, link)
	}
}

// inRepository is the file that an address of the repository leads to, if it leads to one.
func inRepository(t *testing.T, name string, address *url.URL) string {
	t.Helper()
	rest := strings.TrimPrefix(strings.TrimPrefix(address.String(), repository), "/")
	rest, _, _ = strings.Cut(rest, "#")
	for _, kind := range []string{"blob/main/", "tree/main/"} {
		if file, is := strings.CutPrefix(rest, kind); is {
			return file
		}
	}
	if rest == "" {
		return "README.md"
	}
	require.Contains(t, []string{"issues", "releases", "security/advisories/new"}, rest, "%s: %s", name, address)
	return ""
}

// TestLinksAreFound shows what the test above looks for.
func TestLinksAreFound(t *testing.T) {
	t.Parallel()
	page := parse([]byte("---\ntitle: x\n---\n# A `b` c.d\n\n[one](a.md#b) <https://example.com> ![two](b.svg)\n\n```\n[code](none.md)\n```\n\n## A b cd\n\n<a id=\"nestedatt--x\"></a>\n\n| [three](c.md) |\n|---|\n"))
	require.Equal(t, []string{"a.md#b", "https://example.com", "c.md"}, page.links)
	require.Equal(t, []string{"b.svg"}, page.images)
	require.Equal(t, map[string]bool{"a-b-cd": true, "a-b-cd-1": true, "nestedatt--x": true}, page.anchors)
}

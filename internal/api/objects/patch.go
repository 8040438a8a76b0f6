package objects

import (
	"context"
	"net/http"
	"strings"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// PatchOperation is one step of a JSON Patch (RFC 6902).
type PatchOperation struct {
	Op   string `json:"op"`
	Path string `json:"path"`
	// Value is nil only for "remove". A value such as "" is encoded.
	Value any `json:"value,omitempty"`
}

// Patch is a JSON Patch. Its methods append a step each; a path is a JSON Pointer (see [Pointer]).
type Patch []PatchOperation

// Add writes a member whether or not it exists. Flow Service refuses "replace" for an absent member (1455-400).
func (p *Patch) Add(path string, value any) { *p = append(*p, PatchOperation{"add", path, value}) }

// Replace writes a member that exists.
func (p *Patch) Replace(path string, value any) {
	*p = append(*p, PatchOperation{"replace", path, value})
}

// Remove removes a member that exists.
func (p *Patch) Remove(path string) { *p = append(*p, PatchOperation{Op: "remove", Path: path}) }

// AddText adds the new text, unless it is nil. An emptied text is written as "".
func (p *Patch) AddText(path string, text *Text) {
	if text != nil {
		p.Add(path, text.To)
	}
}

// ReplaceText replaces a text, unless the new one is nil.
func (p *Patch) ReplaceText(path string, text *Text) {
	if text != nil {
		p.Replace(path, text.To)
	}
}

// Pointer is a JSON Pointer to a member of a member, with its names escaped (RFC 6901).
func Pointer(names ...string) string {
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	var pointer strings.Builder
	for _, name := range names {
		pointer.WriteString("/" + escape.Replace(name))
	}
	return pointer.String()
}

// Patching has what is special about the patches of a kind of object.
type Patching[T any] struct {
	// Attempts is how often a patch is tried that is refused with the status RetryOn.
	Attempts, RetryOn int
	// Header is sent with the patch of an object.
	Header func(current *T) http.Header
}

// Update reads an object and sends the patch that prepare makes of it. If the patch is refused because the object has changed since,
// both are done again: prepare fails on a conflict, so that the changes of all clients are kept. An empty patch is not sent.
func (c *Collection[T]) Update(ctx context.Context, id string, prepare func(current *T) (Patch, error)) error {
	return Attempts(ctx, c.Patching.Attempts, func(ctx context.Context) (bool, error) {
		current, err := c.Get(ctx, id)
		if err != nil {
			return false, err
		}
		patch, err := prepare(current)
		if err != nil || len(patch) == 0 {
			return false, err
		}
		err = c.Write(ctx, id, transport.Request{Method: http.MethodPatch, Header: c.Patching.Header(current), Body: patch}, nil)
		return transport.HasStatus(err, c.Patching.RetryOn), err
	})
}

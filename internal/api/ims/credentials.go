package ims

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// Token is an access token.
type Token struct {
	Value string
	// Expiry is zero where it is not known.
	Expiry time.Time
}

// Tokens yields access tokens: a [*TokenSource], or one that the user brought.
type Tokens interface {
	Token(ctx context.Context) (Token, error)
	Discard(ctx context.Context, refused string) bool
}

// StaticToken is an access token obtained elsewhere. When it expires there is no other.
type StaticToken string

// Token returns the token.
func (t StaticToken) Token(context.Context) (Token, error) { return Token{Value: string(t)}, nil }

// Discard says that there is no other token.
func (t StaticToken) Discard(context.Context, string) bool { return false }

const bearer = "Bearer "

// Credentials adds the headers that every Experience Platform call needs (documented: platform-errors).
type Credentials struct {
	Tokens Tokens
	// ClientID is sent as x-api-key, whichever way the token was obtained.
	ClientID string
	OrgID    string
	// SandboxName is always sent: the documents disagree on which sandbox is meant without it. The header x-sandbox-id is
	// never sent, since it is refused for some tokens (2110-400).
	SandboxName string
}

// Apply adds the headers.
func (c *Credentials) Apply(ctx context.Context, request *http.Request) error {
	token, err := c.Tokens.Token(ctx)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", bearer+token.Value)
	request.Header.Set("x-api-key", c.ClientID)
	request.Header.Set("x-gw-ims-org-id", c.OrgID)
	request.Header.Set("x-sandbox-name", c.SandboxName)
	return nil
}

// Renew discards the refused token.
func (c *Credentials) Renew(refused *http.Request) bool {
	return c.Tokens.Discard(refused.Context(), strings.TrimPrefix(refused.Header.Get("Authorization"), bearer))
}

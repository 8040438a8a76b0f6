package conformance

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// observation is how a fact is observed.
type observation = func(ctx context.Context, s *session) (string, error)

// maker makes something that probes need, once.
type maker = func(ctx context.Context, s *session) (*thing, error)

// reading observes one read of Adobe's.
func reading(one call, describe func(*answer) string) observation {
	return func(ctx context.Context, s *session) (string, error) {
		received, err := s.adobe(ctx, one)
		if err != nil {
			return "", err
		}
		return describe(received), nil
	}
}

func get(path string) call { return call{method: http.MethodGet, path: path} }

// creating observes the answer to a create, which may be a refusal.
func creating(make maker, describe func(*answer) string) observation {
	return func(ctx context.Context, s *session) (string, error) {
		made, err := make(ctx, s)
		if refused, is := errors.AsType[*errRefused](err); is {
			return refused.answer.outcome(), nil
		}
		if err != nil {
			return "", err
		}
		return describe(made.created), nil
	}
}

// on observes something about what was made.
func on(make maker, observe func(ctx context.Context, s *session, made *thing) (string, error)) observation {
	return func(ctx context.Context, s *session) (string, error) {
		made, err := make(ctx, s)
		if err != nil {
			return "", err
		}
		return observe(ctx, s, made)
	}
}

// firstRead is whether an object is found right after its create.
func firstRead(ctx context.Context, s *session, made *thing) (string, error) {
	return s.until(ctx, func() (bool, error) {
		received, err := s.read(ctx, made)
		return err == nil && received.isSuccess(), err
	})
}

// firstListed is how long a list takes to show an object, after the probes before.
func firstListed(ctx context.Context, s *session, made *thing) (string, error) {
	return s.until(ctx, func() (bool, error) {
		item, err := s.list(ctx, made)
		return item != nil, err
	})
}

// listed is what the item of a list lacks that a read has.
func listed(ctx context.Context, s *session, made *thing) (string, error) {
	received, err := s.known(ctx, made)
	if err != nil || !received.isSuccess() {
		return received.outcomeOr(), err
	}
	if made.item == nil {
		if _, err := s.list(ctx, made); err != nil {
			return "", err
		}
	}
	if made.item == nil {
		return "the object", nil
	}
	return leftOut(made.whole(received), made.item), nil
}

// whole is the object in the answer to a read.
func (t *thing) whole(received *answer) any {
	for _, one := range []any{received.at("items", "0"), received.at(t.id)} {
		if one != nil {
			return one
		}
	}
	return received.value
}

// deleting observes the answer to a delete.
func deleting(make maker) observation {
	return on(make, func(ctx context.Context, s *session, made *thing) (string, error) {
		removed, err := s.remove(ctx, made)
		if err != nil {
			return "", err
		}
		return removed.outcome(), nil
	})
}

// refusing observes a create that is meant to be refused. What is created all the same is removed at the end.
func refusing(k *kind, label string, body func(ctx context.Context, s *session) (map[string]any, error)) observation {
	return func(ctx context.Context, s *session) (string, error) {
		content, err := body(ctx, s)
		if err != nil {
			return "", err
		}
		made, err := s.create(ctx, k, s.title(label), content)
		if refused, is := errors.AsType[*errRefused](err); is {
			return refused.answer.outcome(), nil
		}
		if err != nil {
			return "", err
		}
		return made.created.outcome() + ", created", nil
	}
}

// someUUID and someHex are IDs that nothing has.
const (
	someUUID = "00000000-0000-4000-8000-00000c0f0e0d"
	someHex  = "00000000000000000000000000c0f0e0"
)

// withParameters is a path with a query.
func withParameters(path string, pairs ...string) call {
	query := url.Values{}
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		query.Set(name, value)
	}
	return call{method: http.MethodGet, path: path, query: query}
}

package dataprep

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// revision is a version of a set with who made it and when.
type revision struct {
	MappingSet
	by string
	at time.Time
}

type revisionAnswer struct {
	mappingSetAnswer
	ModifiedBy string         `json:"modifiedBy"`
	ModifiedAt jsonvalue.Time `json:"modifiedDate"`
}

func (a *revisionAnswer) Object(string) (*revision, error) {
	return &revision{*a.mappingSet(), a.ModifiedBy, a.ModifiedAt.Time}, nil
}

func revisions(client *transport.Client, register *objects.Register) objects.Collection[revision] {
	return objects.Collection[revision]{
		Transport: client, Register: register, Path: mappingSets, Object: "mapping set",
		Envelope: func() objects.Envelope[revision] { return &revisionAnswer{} },
		Identify: func(one *revision) (string, time.Time) { return one.ID, one.CreatedAt },
	}
}

// Conflict returns an [*objects.ConflictError] if somebody else changed a set since its version before, from which an update to wanted was
// planned. The service has no If-Match, and an update replaces the whole set, so this is to be asked right before it.
//
// The version after the one that is known is read, which takes one call however the service takes a read without a version: see
// [Client.NewestMappingSet]. How it refuses a version that does not exist is not documented, so any refusal is one. A version that says the same as
// the one before, or what is wanted, is no conflict, and the next one is looked at.
func (c *Client) Conflict(ctx context.Context, before, wanted MappingSet) error {
	for number := before.Version; ; {
		later, err := c.revisions.Once(ctx, before.ID, url.Values{"version": {strconv.FormatInt(number+1, 10)}})
		if _, refused := errors.AsType[*transport.Error](err); refused {
			return nil
		}
		if err != nil {
			return err
		}
		if later.untold || later.Version <= number { // the service ignores the parameter
			return nil
		}
		if !before.matches(&later.MappingSet) && !wanted.matches(&later.MappingSet) {
			known, found := strconv.FormatInt(before.Version, 10), strconv.FormatInt(later.Version, 10)
			version := &objects.ConflictError{Member: "version", Planned: objects.Text{From: known, To: known}, Found: found}
			return objects.FirstConflict(later.by, later.at, version)
		}
		number = later.Version
	}
}

package customerio

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Workspace is a workspace of the account, with counts that may be two hours old (documented: cio-api).
type Workspace struct {
	ID, Name                           string
	MessagesSent, BillableMessagesSent int64
	People, ObjectTypes, Objects       int64
}

type workspaceAnswer struct {
	ID                   jsonvalue.Integer `json:"id"`
	Name                 string            `json:"name"`
	MessagesSent         jsonvalue.Integer `json:"messages_sent"`
	BillableMessagesSent jsonvalue.Integer `json:"billable_messages_sent"`
	People               jsonvalue.Integer `json:"people"`
	ObjectTypes          jsonvalue.Integer `json:"object_types"`
	Objects              jsonvalue.Integer `json:"objects"`
}

// Workspaces lists all workspaces of the account by id. The answer does not tell which of them the key belongs to.
func (c *Client) Workspaces(ctx context.Context) ([]Workspace, error) {
	var answer struct {
		Workspaces []workspaceAnswer `json:"workspaces"`
	}
	if _, err := c.transport.Do(ctx, transport.Request{Method: http.MethodGet, Path: "/v1/workspaces"}, &answer); err != nil {
		return nil, err
	}
	slices.SortFunc(answer.Workspaces, func(a, b workspaceAnswer) int { return cmp.Compare(a.ID, b.ID) })
	found := make([]Workspace, 0, len(answer.Workspaces))
	for _, one := range answer.Workspaces {
		found = append(found, Workspace{
			ID: strconv.FormatInt(int64(one.ID), 10), Name: one.Name,
			MessagesSent: int64(one.MessagesSent), BillableMessagesSent: int64(one.BillableMessagesSent),
			People: int64(one.People), ObjectTypes: int64(one.ObjectTypes), Objects: int64(one.Objects),
		})
	}
	return found, nil
}

// SenderIPAddresses are the addresses that the region's webhooks come from, sorted.
func (c *Client) SenderIPAddresses(ctx context.Context) ([]string, error) {
	var answer struct {
		Addresses []string `json:"ip_addresses"`
	}
	request := transport.Request{Method: http.MethodGet, Path: "/v1/info/ip_addresses"}
	if _, err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	if len(answer.Addresses) == 0 {
		return nil, transport.Unreadable(Service, request.Path, "it holds no addresses")
	}
	slices.Sort(answer.Addresses)
	return slices.Compact(answer.Addresses), nil
}

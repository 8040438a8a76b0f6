package customerio

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/jsonvalue"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// Workspace is a workspace of the account, with counts that may be two hours old (documented: cio-api).
type Workspace struct {
	ID                   jsonvalue.Integer `json:"id"`
	Name                 string            `json:"name"`
	MessagesSent         jsonvalue.Integer `json:"messages_sent"`
	BillableMessagesSent jsonvalue.Integer `json:"billable_messages_sent"`
	People               jsonvalue.Integer `json:"people"`
	ObjectTypes          jsonvalue.Integer `json:"object_types"`
	Objects              jsonvalue.Integer `json:"objects"`
}

// Workspaces lists all workspaces of the account by ID. The answer does not tell which of them the key belongs to.
func (c *Client) Workspaces(ctx context.Context) ([]Workspace, error) {
	var answer struct {
		Workspaces []Workspace `json:"workspaces"`
	}
	err := c.transport.Do(ctx, transport.Request{Method: http.MethodGet, Path: "/v1/workspaces"}, &answer)
	slices.SortFunc(answer.Workspaces, func(a, b Workspace) int { return cmp.Compare(a.ID, b.ID) })
	return answer.Workspaces, err
}

// SenderIPAddresses are the addresses that the region's webhooks come from, sorted.
func (c *Client) SenderIPAddresses(ctx context.Context) ([]string, error) {
	var answer struct {
		Addresses []string `json:"ip_addresses"`
	}
	request := transport.Request{Method: http.MethodGet, Path: "/v1/info/ip_addresses"}
	if err := c.transport.Do(ctx, request, &answer); err != nil {
		return nil, err
	}
	if len(answer.Addresses) == 0 {
		return nil, c.transport.Unreadable(request.Path, "it holds no addresses")
	}
	slices.Sort(answer.Addresses)
	return slices.Compact(answer.Addresses), nil
}

package clicked

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	flowService    = "/data/foundation/flowservice"
	dataPrep       = "/data/foundation/conversion"
	catalog        = "/data/foundation/catalog"
	schemaRegistry = "/data/foundation/schemaregistry"
	customerIO     = "/v1"
)

// kind is a collection, and what people call one of its objects.
type kind struct{ path, name string }

var (
	fieldGroups       = kind{schemaRegistry + "/tenant/fieldgroups", "field group"}
	schemas           = kind{schemaRegistry + "/tenant/schemas", "schema"}
	descriptors       = kind{schemaRegistry + "/tenant/descriptors", "identity descriptor"}
	datasets          = kind{catalog + "/dataSets", "dataset"}
	baseConnections   = kind{flowService + "/connections", "base connection"}
	sourceConnections = kind{flowService + "/sourceConnections", "source connection"}
	targetConnections = kind{flowService + "/targetConnections", "target connection"}
	mappingSets       = kind{dataPrep + "/mappingSets", "mapping set"}
	flows             = kind{flowService + "/flows", "dataflow"}
	webhooks          = kind{customerIO + "/reporting_webhooks", "reporting webhook"}
)

// object is a JSON object.
type object = map[string]any

// browser makes the calls of a console.
type browser struct {
	client  *http.Client
	account Account
	token   string
	// tenant is the field that holds all custom fields, such as "_acme".
	tenant string
	// datasets are those that pipelines write to.
	datasets []dataset
	counts   []Count
}

func (b *browser) signIn(ctx context.Context) error {
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {b.account.ClientID}, "client_secret": {b.account.ClientSecret},
		"scope": {"openid,AdobeID,session,read_organizations,additional_info.projectedProductContext"},
	}
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	if err := b.send(ctx, http.MethodPost, "/ims/token/v3", form.Encode(), header, &granted); err != nil {
		return err
	}
	b.token = granted.AccessToken
	var stats struct {
		TenantID string `json:"tenantId"`
	}
	err := b.call(ctx, http.MethodGet, schemaRegistry+"/stats", nil, &stats)
	b.tenant = "_" + stats.TenantID
	return err
}

// make creates an object and returns its ID, in whichever of the services' forms it is told.
func (b *browser) make(ctx context.Context, of kind, body object) (id string, err error) {
	var answer any
	if err := b.call(ctx, http.MethodPost, of.path, body, &answer); err != nil {
		return "", fmt.Errorf("%s %v: %w", of.name, body["name"], err)
	}
	switch answer := answer.(type) {
	case []any: // of Catalog: ["@/dataSets/…"]
		reference, _ := answer[0].(string)
		id = reference[strings.LastIndex(reference, "/")+1:]
	case object:
		for _, member := range []string{"id", "$id", "@id"} {
			if told, has := answer[member]; has {
				id = fmt.Sprint(told)
			}
		}
	}
	b.count(of, 1)
	return id, nil
}

func (b *browser) count(of kind, more int) {
	i := slices.IndexFunc(b.counts, func(one Count) bool { return one.Kind == of.name })
	if i < 0 {
		i, b.counts = len(b.counts), append(b.counts, Count{Kind: of.name})
	}
	b.counts[i].Number += more
}

// call sends JSON with the credentials of the service that the path belongs to.
func (b *browser) call(ctx context.Context, method, path string, body, answer any) error {
	header, content := http.Header{}, ""
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = string(encoded)
		header.Set("Content-Type", "application/json")
	}
	if strings.HasPrefix(path, customerIO+"/") {
		header.Set("Authorization", "Bearer "+b.account.AppAPIKey)
	} else {
		header.Set("Authorization", "Bearer "+b.token)
		header.Set("x-api-key", b.account.ClientID)
		header.Set("x-gw-ims-org-id", b.account.OrgID)
		header.Set("x-sandbox-name", b.account.Sandbox)
	}
	return b.send(ctx, method, path, content, header, answer)
}

// send waits as it is told where there were too many calls.
func (b *browser) send(ctx context.Context, method, path, content string, header http.Header, answer any) error {
	for {
		request, err := http.NewRequestWithContext(ctx, method, b.account.URL+path, strings.NewReader(content))
		if err != nil {
			return err
		}
		request.Header = header
		response, err := b.client.Do(request)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		switch {
		case err != nil:
			return err
		case response.StatusCode == http.StatusTooManyRequests:
			if err := wait(ctx, retryAfter(response.Header)); err != nil {
				return err
			}
		case response.StatusCode >= http.StatusMultipleChoices:
			return &refusal{response.StatusCode, fmt.Sprintf("%s %s: %s: %s", method, path, response.Status, text)}
		case answer == nil:
			return nil
		default:
			return json.Unmarshal(text, answer)
		}
	}
}

// refusal is an answer that is none.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return r.text }

func retryAfter(header http.Header) time.Duration {
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	if err != nil {
		return time.Second
	}
	return time.Duration(seconds) * time.Second
}

func wait(ctx context.Context, duration time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(duration):
		return nil
	}
}

// poll is how often a console looks whether a dataflow is ready.
const poll = 5 * time.Millisecond

// settled waits until a dataflow is in a state, and returns its streaming endpoint.
func (b *browser) settled(ctx context.Context, flow, state string) (inlet string, err error) {
	for {
		var answer struct {
			Items []struct {
				State   string
				Options struct {
					InletURL string `json:"inletUrl"`
				}
			}
		}
		if err := b.call(ctx, http.MethodGet, flows.path+"/"+flow, nil, &answer); err != nil {
			return "", err
		}
		if one := answer.Items[0]; one.State == state {
			return one.Options.InletURL, nil
		}
		if err := wait(ctx, poll); err != nil {
			return "", err
		}
	}
}

// remove deletes a dataflow and waits until it is gone.
func (b *browser) remove(ctx context.Context, flow string) error {
	if err := b.call(ctx, http.MethodDelete, flows.path+"/"+flow, nil, nil); err != nil {
		return err
	}
	b.count(flows, -1)
	_, err := b.settled(ctx, flow, "gone")
	if refused, is := errors.AsType[*refusal](err); is && refused.status == http.StatusNotFound {
		return nil
	}
	return err
}

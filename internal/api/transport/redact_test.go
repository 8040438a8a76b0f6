package transport_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/stretchr/testify/require"

	"github.com/customerio-source/terraform-provider-customerio/internal/acctest/httpscript"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

const (
	inlet      = "https://dcs.adobedc.net/collection/e75dcb5247eb65e7385df30270192e80b145566f52ed74d570505bd2e82463f3"
	webhookURL = inlet + "?x-adobe-flow-id=4982698b-e6b3-48c2-8dcf-040e20121fd2"
)

// syncBuffer is a log that several goroutines write.
type syncBuffer struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (b *syncBuffer) Write(line []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.Write(line)
}

func (b *syncBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.buffer.String()
}

// At TRACE the log shows every call with its bodies, but no secret in them.
func TestLogHoldsCallsWithoutSecrets(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		request transport.Request
		answer  string
		secrets []string
	}{
		"token": {
			transport.Request{Method: http.MethodPost, Path: "/ims", Body: map[string]string{"client_secret": "p8e-secret"}},
			`{"access_token":"eyJhbGciOi","expires_in":86399}`, []string{"p8e-secret", "eyJhbGciOi"},
		},
		"dataflow":    {get("/flows/1"), `{"items":[{"name":"shown","options":{"inletUrl":"` + inlet + `"}}]}`, []string{"e75dcb5247eb"}},
		"free text":   {get("/flows/1"), `{"note":"post to ` + webhookURL + ` soon","name":"shown"}`, []string{"e75dcb5247eb"}},
		"webhook":     {transport.Request{Method: http.MethodPut, Path: "/w", Body: map[string]string{"endpoint": "https://hooks.example.com/T0/B1"}}, `{}`, []string{"/T0/B1"}},
		"auth params": {transport.Request{Method: http.MethodPost, Path: "/c", Body: map[string]any{"auth": map[string]any{"specName": "Basic", "params": map[string]any{"password": "hunter22", "host": "db.example.com"}}}}, `{}`, []string{"hunter22", "db.example.com"}},
		"auth patch":  {transport.Request{Method: http.MethodPatch, Path: "/c", Body: []any{map[string]any{"op": "add", "path": "/auth/params", "value": map[string]any{"list": []string{"hunter22"}}}}}, `{}`, []string{"hunter22"}},
		"no JSON":     {get("/login"), `<form action="` + inlet + `?password=hunter22">`, []string{"hunter22", "e75dcb5247eb"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := &syncBuffer{}
			service := httpscript.Serve(t, httpscript.JSON(200, test.answer))
			_ = transport.New(config(service)).Do(tflogtest.RootLogger(t.Context(), log), test.request, nil)
			require.Contains(t, log.String(), "calling Adobe Flow Service")
			require.Contains(t, log.String(), test.request.Path)
			require.Contains(t, log.String(), `"status":200`)
			require.NotContains(t, log.String(), "Authorization")
			for _, secret := range test.secrets {
				require.NotContains(t, log.String(), secret)
			}
			if strings.Contains(test.answer, "shown") {
				require.Contains(t, log.String(), "shown", "what is no secret helps to find faults")
			}
		})
	}
}

// Each of these names is a secret's, in whatever object it stands.
func TestSecretsAreKnownByTheirNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"access_token", "client_secret", "authorization", "inletUrl", "inletId", "endpoint", "params_wo", "password", "secret",
	} {
		log := &syncBuffer{}
		service := httpscript.Serve(t, httpscript.JSON(200, `{"shown":"hunter11","inner":{"`+name+`":"hunter22"}}`))
		require.NoError(t, transport.New(config(service)).Do(tflogtest.RootLogger(t.Context(), log), get("/one"), nil))
		require.Contains(t, log.String(), "hunter11")
		require.NotContains(t, log.String(), "hunter22", name)
	}
}

// One service's error may quote what another service issued, or what was sent to it.
func TestLearnedSecretsAreMaskedInErrors(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t,
		httpscript.JSON(200, `{"options":{"inletUrl":"`+webhookURL+`"}}`),
		httpscript.JSON(400, `{"errors":[{"detail":"cannot reach `+webhookURL+`"},{"detail":"nor `+inlet+`, key 1d7c93a05be84f26"}]}`),
		httpscript.JSON(400, `{"message":"token eyJ+/= in x?token=eyJ%2B%2F%3D"}`),
		httpscript.Answer{Status: 200, Body: "<p>eyJ+/=</p>"},
	)
	config := config(service)
	config.Redactor.Learn("1d7c93a05be84f26", "eyJ+/=")
	client := transport.New(config)
	err := client.Do(t.Context(), get("/flows/1"), nil)
	require.NoError(t, err)
	for range 3 {
		err = client.Do(t.Context(), get("/v1/reporting_webhooks/1"), nil)
		require.Error(t, err)
		require.Contains(t, err.Error(), transport.Masked)
		for _, secret := range []string{"e75dcb5247eb", "1d7c93a05be84f26", "eyJ"} {
			require.NotContains(t, err.Error(), secret)
		}
	}
}

// What a request sent, its answer's error may quote, whether or not anything is logged.
func TestSentSecretsAreMaskedInTheErrorThatQuotesThem(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(400, `{"errors":[{"detail":"https://hooks.example.com/T0/B1 is not reachable"}]}`))
	request := transport.Request{Method: http.MethodPut, Path: "/w", Body: map[string]string{"endpoint": "https://hooks.example.com/T0/B1"}}
	err := transport.New(config(service)).Do(t.Context(), request, nil)
	require.ErrorContains(t, err, "*** is not reachable")
}

// So may it quote one of several secrets in an object or a list.
func TestSecretsInObjectsAreMaskedInTheErrorThatQuotesThem(t *testing.T) {
	t.Parallel()
	for _, params := range []any{map[string]any{"password": "hunter22"}, []any{"hunter22"}} {
		service := httpscript.Serve(t, httpscript.JSON(400, `{"errors":[{"detail":"hunter22 is wrong"}]}`))
		request := transport.Request{Method: http.MethodPut, Path: "/c", Body: map[string]any{"auth": map[string]any{"params": params}}}
		err := transport.New(config(service)).Do(t.Context(), request, nil)
		require.ErrorContains(t, err, "*** is wrong")
	}
}

// A service may leave the query out of the endpoint that it quotes.
func TestEndpointsAreMaskedWithoutTheirQueriesToo(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(400, `{"errors":[{"detail":"https://hooks.example.com/T0/B1 is not reachable"}]}`))
	request := transport.Request{Method: http.MethodPut, Path: "/w", Body: map[string]string{"endpoint": "https://hooks.example.com/T0/B1?key=b71c"}}
	err := transport.New(config(service)).Do(t.Context(), request, nil)
	require.ErrorContains(t, err, "*** is not reachable")
}

// A query is logged for what it asks, and the failure of a connection for its reason.
func TestSecretsAreMaskedInLoggedQueriesAndFailures(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.Reset())
	config := config(service)
	address := strings.TrimPrefix(service.URL, "http://")
	config.Redactor.Learn("hunter22", address)
	log := &syncBuffer{}
	request := get("/flows")
	request.RawQuery = "property=name==hunter22"
	require.Error(t, transport.New(config).Do(tflogtest.RootLogger(t.Context(), log), request, nil))
	require.Contains(t, log.String(), "property=name==***")
	require.Contains(t, log.String(), "no answer from Adobe Flow Service")
	require.NotContains(t, log.String(), "hunter22")
	require.NotContains(t, log.String(), address)
}

// The text of a JSON body holds some characters escaped.
func TestSecretsWithSpecialCharactersAreMaskedInTheLog(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{`p"ss\word`, "p&ss<word>1", "paß wörd"} {
		log := &syncBuffer{}
		service := httpscript.Serve(t, httpscript.JSON(200, string(must(json.Marshal(map[string]string{"note": "you sent " + secret + "!"})))))
		config := config(service)
		config.Redactor.Learn(secret)
		err := transport.New(config).Do(tflogtest.RootLogger(t.Context(), log), get("/flows"), nil)
		require.NoError(t, err)
		require.Contains(t, log.String(), "you sent ***!")
	}
}

// Whatever a page or a proxy makes of a secret, and wherever an excerpt of it ends.
func TestSecretsAreMaskedHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	const secret = `p8e-before"&</after-b71c`
	for form, written := range map[string]string{
		"plain": secret, "HTML": "p8e-before&#34;&amp;&lt;/after-b71c", "JSON": `p8e-before\"\u0026\u003c/after-b71c`, "plain JSON": `p8e-before\"&</after-b71c`,
		"query": "p8e-before%22%26%3C%2Fafter-b71c", "path": "p8e-before%22&%3C%2Fafter-b71c",
	} {
		for _, before := range []int{0, 480, 490, 499} {
			page := strings.Repeat(".", before) + written + " and more of the page that is too long to be shown" + strings.Repeat(".", 500)
			for _, status := range []int{200, 502} {
				config := config(httpscript.Serve(t, httpscript.Answer{Status: status, Body: page}))
				config.Redactor.Learn(secret)
				err := transport.New(config).Do(t.Context(), get("/flows/1"), nil)
				require.ErrorContains(t, err, "*", form)
				require.NotContains(t, err.Error(), "p8e", "%s after %d bytes", form, before)
				require.NotContains(t, err.Error(), "b71c", "%s after %d bytes", form, before)
			}
		}
	}
}

// Codes, fields and request IDs come from the body too.
func TestSecretsAreMaskedInAllPartsOfAnError(t *testing.T) {
	t.Parallel()
	service := httpscript.Serve(t, httpscript.JSON(400, `{"error":"eyJhbGciOi","error_description":"eyJhbGciOi","report":{"request-id":"eyJhbGciOi","sub-errors":["eyJhbGciOi"]},
		"errors":[{"detail":"eyJhbGciOi","source":{"pointer":"/eyJhbGciOi"}}]}`))
	config := config(service)
	config.Redactor.Learn("eyJhbGciOi")
	err := transport.New(config).Do(t.Context(), get("/flows/1"), nil)
	var refused *transport.Error
	require.ErrorAs(t, err, &refused)
	require.NotContains(t, fmt.Sprintf("%+v", *refused), "eyJ")
	require.Equal(t, "***", refused.Code)

	whole := refusalOf(t, httpscript.JSON(400, `{"type":"`+webhookURL+`","title":"Bad"}`))
	require.NotContains(t, whole.Error(), "x-adobe-flow-id", "not even its end, as a code")
}

func TestSecretThatHoldsAnother(t *testing.T) {
	t.Parallel()
	redact := &transport.Redactor{}
	redact.Learn("hunter22", "hunter22-of-the-day", "before-hunter22")
	require.Equal(t, "*** *** ***", redact.String("hunter22 hunter22-of-the-day before-hunter22"))
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}

func TestShortValuesAreNotLearned(t *testing.T) {
	t.Parallel()
	redact := &transport.Redactor{}
	redact.Learn("", "us", "xdm", "eyJhbGciOi")
	require.Equal(t, "xdm in us has ***", redact.String("xdm in us has eyJhbGciOi"))
	redact.Learn("four", "5five")
	require.Equal(t, "four ***", redact.String("four 5five"))
}

func TestNilRedactorKnowsInlets(t *testing.T) {
	t.Parallel()
	var redact *transport.Redactor
	redact.Learn("secret")
	require.Equal(t, "secret: *** then more", redact.String("secret: "+inlet+" then more"))
	require.Equal(t, `("***")`, redact.String(`("`+webhookURL+`")`))
}

func TestRedactorIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	redact := &transport.Redactor{}
	var done sync.WaitGroup
	for i := range 50 {
		done.Go(func() {
			secret := strings.Repeat(string(rune('a'+i%26)), 10)
			redact.Learn(secret)
			if got := redact.String(secret); got != transport.Masked {
				t.Errorf("%q is shown", got)
			}
		})
	}
	done.Wait()
}

package conformance

import (
	"context"
	"net/http"
	"strings"
)

// unknownSandbox is the name of a sandbox that no organization has.
const unknownSandbox = "conformance-none"

// aRead is a cheap read that changes nothing.
var aRead = withParameters(flowService+"/flows", "limit=1")

// accessProbes are about credentials, the gateway and the sandbox.
var accessProbes = []Probe{
	{
		ID: "ims-token", Question: "What does IMS answer to OAuth Server-to-Server credentials?",
		Stated: "200 with expires_in 86399, in seconds", Basis: Documented, Sources: []string{"ims-s2s"},
		Simulator: "200, valid for 24 hours in seconds", Also: []string{"200, valid for some hours in seconds"},
		Files:   []string{"internal/api/ims/ims.go", "internal/simulator/ims/ims.go"},
		account: adobe, observe: observeToken,
	},
	{
		ID: "ims-wrong-secret", Question: "What does IMS answer to a wrong client secret?",
		Stated: `400 with {"error": "invalid_client"}`, Basis: SeenInCode, Sources: []string{"ims-postman"},
		Simulator: "400, invalid_client", Also: []string{"401, invalid_client"},
		Files:   []string{"internal/api/ims/ims.go", "internal/advice/platform.go", "internal/simulator/ims/ims.go"},
		account: adobe, observe: observeWrongSecret,
	},
	{
		ID: "gateway-no-token", Question: "What does the gateway answer to a call without a token?",
		Stated: "403 with 403010, not 401", Basis: Documented, Sources: []string{"platform-errors"},
		Simulator: "403, 403010", Files: []string{"internal/advice/platform.go", "internal/simulator/gateway/gateway.go"},
		account: adobe, observe: reading(changed(aRead, "Authorization"), (*answer).outcome),
	},
	{
		ID: "gateway-bad-token", Question: "What does the gateway answer to a token that is not valid?",
		Stated: "401 with 401013", Basis: Documented, Sources: []string{"platform-errors"},
		Simulator: "401, 401013", Files: []string{"internal/api/transport/roundtrip.go", "internal/simulator/gateway/gateway.go"},
		account: adobe, observe: reading(changed(aRead, "Authorization", "Bearer conformance"), (*answer).outcome),
	},
	{
		ID: "gateway-request-id", Question: "Do answers have an X-Request-Id?",
		Stated: "yes", Basis: Documented, Sources: []string{"gateway-errors"},
		Simulator: "yes", Files: []string{"internal/api/transport/error.go", "internal/simulator/web/answer.go"},
		account: adobe, observe: reading(aRead, func(received *answer) string { return yesNo(received.header.Get("X-Request-Id") != "") }),
	},
	{
		ID: "adobe-http2", Question: "Does Adobe's gateway speak HTTP/2?",
		Basis: Inferred, Simulator: "HTTP/2.0", Also: []string{"HTTP/1.1"},
		Files:   []string{"internal/api/transport/connection.go"},
		account: adobe, observe: observeProtocol(adobe),
	},
	unknownSandboxOf("flow", flowService+"/flows"),
	unknownSandboxOf("prep", dataPrep+"/mappingSets/"+someHex),
	unknownSandboxOf("catalog", catalog+"/dataSets/"+someHex[:24]),
	unknownSandboxOf("registry", schemaRegistry+"/stats"),
	{
		ID: "source-spec", Question: "Does the organization have the connection specification of the Customer.io source, without authentication?",
		Stated: "yes; authSpec is empty", Basis: Documented, Sources: []string{"flow-cio", "sdk-create"},
		Simulator: "200, no authentication",
		Files:     []string{"internal/api/flowservice/spec.go", "internal/resource/sourceconnection/schema.go", "internal/simulator/flow/specs.json"},
		account:   adobe, observe: reading(get(flowService+"/connectionSpecs/"+sourceSpec), func(received *answer) string {
			methods, told := received.at("items", "0", "authSpec").([]any)
			switch {
			case !received.isSuccess():
				return received.outcome()
			case told && len(methods) > 0:
				return "200, with authentication"
			}
			return "200, no authentication"
		}),
	},
	{
		ID: "flow-spec", Question: "Does the flow specification list the source?",
		Stated: "yes, in sourceConnectionSpecIds", Basis: Documented, Sources: []string{"sdk-flow-specs"},
		Simulator: "200, lists it", Files: []string{"internal/api/flowservice/spec.go", "internal/simulator/flow/specs.json"},
		account: adobe, observe: reading(get(flowService+"/flowSpecs/"+flowSpec), func(received *answer) string {
			sources, _ := received.at("items", "0", "sourceConnectionSpecIds").([]any)
			for _, one := range sources {
				if one == sourceSpec {
					return "200, lists it"
				}
			}
			if received.isSuccess() {
				return "200, does not list it"
			}
			return received.outcome()
		}),
	},
}

// unknownSandboxOf asks what one service answers for a sandbox that does not exist: a 404 must not be taken for an object that is gone.
func unknownSandboxOf(service, path string) Probe {
	return Probe{
		ID: service + "-unknown-sandbox", Question: "What is the answer for a sandbox that does not exist?",
		Stated: "404 with FLOW-2100, 2101 or 2103, which is not that of a missing object", Basis: Documented, Sources: []string{"flow-errors"},
		Simulator: "404, FLOW-2103-404", Also: []string{"404, FLOW-2100-404", "404, FLOW-2101-404"},
		Files:   []string{"internal/api/transport/missing.go", "internal/advice/platform.go", "internal/simulator/gateway/gateway.go"},
		account: adobe, observe: reading(changed(get(path), "x-sandbox-name", unknownSandbox), (*answer).outcome),
	}
}

// changed is a call with another value of a header, or without the header.
func changed(one call, name string, values ...string) call {
	header := http.Header{http.CanonicalHeaderKey(name): values}
	for other, kept := range one.header {
		header[other] = kept
	}
	one.header = header
	return one
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func observeToken(ctx context.Context, s *session) (string, error) {
	if s.settings.AccessToken != "" {
		return "", &errNotApplicable{"the run has a ready token"}
	}
	if _, err := s.accessToken(ctx); err != nil {
		return "", err
	}
	lifetime, isNumber := s.token.at("expires_in").(float64)
	const hour = 3600
	switch {
	case !isNumber:
		return "200, expires_in is not a number", nil
	case lifetime > 48*hour:
		return "200, valid for long, or in milliseconds", nil
	case lifetime > 23*hour:
		return "200, valid for 24 hours in seconds", nil
	case lifetime >= hour:
		return "200, valid for some hours in seconds", nil
	}
	return "200, valid for less than an hour", nil
}

func observeWrongSecret(ctx context.Context, s *session) (string, error) {
	if s.settings.AccessToken != "" {
		return "", &errNotApplicable{"the run has a ready token"}
	}
	refused, err := s.issue(ctx, "conformance-wrong-secret")
	if err != nil {
		return "", err
	}
	return refused.outcome(), nil
}

// observeProtocol needs TLS, over which the protocol is agreed on.
func observeProtocol(where account) observation {
	return func(ctx context.Context, s *session) (string, error) {
		one, address := aRead, s.settings.PlatformURL
		if where == customerIO {
			one, address = get(addressesPath), s.settings.CustomerIOURL
		}
		if !strings.HasPrefix(address, "https:") {
			return "", &errNotApplicable{"the address is not https"}
		}
		received, err := s.at(ctx, where, one)
		if err != nil {
			return "", err
		}
		return received.proto, nil
	}
}

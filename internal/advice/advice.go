package advice

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
)

// advice says what a refusal means to the user, and what to do about it. There is always something to do.
func (o Attempt) advice(refused *transport.Error) string {
	text := o.adviceByCode(refused)
	if text == "" && refused.Service == customerio.Service {
		text = o.adviceOfCustomerIO(refused)
	}
	if text == "" {
		text = o.adviceByStatus(refused)
	}
	if refused.Status == http.StatusTooManyRequests && refused.RetryAfter > 0 {
		text += " It asks to wait " + inWords(refused.RetryAfter) + "."
	}
	return strings.ReplaceAll(text, "{object}", o.Object)
}

// inWords is a time without zeros at its end: "24h", not "24h0m0s".
func inWords(wait time.Duration) string {
	text := wait.Round(time.Second).String()
	if shorter, whole := strings.CutSuffix(text, "m0s"); whole {
		text = shorter + "m"
	}
	if shorter, whole := strings.CutSuffix(text, "h0m"); whole {
		text = shorter + "h"
	}
	return text
}

func (o Attempt) adviceByCode(refused *transport.Error) string {
	code := codeOf(refused)
	if isGone(refused) {
		return o.adviceIfGone()
	}
	if known := accessAdvice[code]; known != "" {
		return known
	}
	switch {
	case refused.Service == flowservice.Service, refused.Code == "" && refused.Service != customerio.Service:
		return flowAdvice[code]
	case refused.Service == schemaregistry.Service:
		return registryAdvice[code]
	}
	return ""
}

// codeOf is the code without its prefix. Where the service sent none, documented texts and statuses stand for one.
func codeOf(refused *transport.Error) string {
	switch {
	case refused.Code != "":
		return refused.ShortCode()
	case strings.EqualFold(refused.Message, "Please provide a valid spec id"): // documented for a create
		return "1413-400"
	case refused.Status == http.StatusPreconditionFailed:
		return "1404-412"
	case refused.Status == http.StatusNotFound && !transport.IsNotFound(refused) && refused.Structured:
		return "2103-404"
	}
	return ""
}

// isGone tells whether a service of the platform says that an object does not exist.
func isGone(refused *transport.Error) bool {
	return refused.Service != customerio.Service && refused.Service != ims.Service && transport.IsNotFound(refused)
}

func (o Attempt) adviceIfGone() string {
	switch o.Verb {
	case "create":
		return "Something that the {object} refers to does not exist in the sandbox (adobe.sandbox_name), or is hidden from the credential. Check the " +
			"ids in its configuration."
	case "read":
		return "The {object} exists, but a part of it does not. Make it anew (terraform apply -replace=…), or restore the part."
	}
	return "The {object} has been deleted since the plan was made, or an access label hides it from the credential. Look for it in Adobe's console. " +
		"If it is gone, plan again, and Terraform makes it anew; if it is there, have the label taken off or the credential's role allowed to see it, " +
		"or a second one would be made."
}

func (o Attempt) adviceOfCustomerIO(refused *transport.Error) string {
	switch refused.Status {
	case http.StatusUnauthorized:
		return badAppAPIKey
	case http.StatusForbidden:
		return "The App API key has no access to this: create one with a scope that includes it, and set customerio.app_api_key (CUSTOMERIO_APP_API_KEY)."
	case http.StatusNotFound:
		if refused.Structured && o.Name != "" {
			return "The {object} does not exist in the workspace that the App API key belongs to. If it exists in another workspace, use that " +
				"workspace's key (customerio.app_api_key); if it was deleted, plan again, and Terraform makes it anew."
		}
		if refused.Structured {
			return "The App API does not have this call where the provider looks for it: check customerio.base_url (CUSTOMERIO_BASE_URL)."
		}
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return "The workspace is in the other region: set customerio.region (CUSTOMERIO_REGION) to " + regionAt(refused.Location) + ". Redirects are not " +
			"followed, because they would turn writes into reads."
	case http.StatusTooManyRequests:
		if refused.RetryAfter == 0 {
			return "Without a time to wait, this may be the daily quota rather than the limit per second: try again later, or lower " +
				"customerio.requests_per_second (CUSTOMERIO_REQUESTS_PER_SECOND)."
		}
		return "Everything that calls the workspace shares its limit of requests per second. Apply again, with a lower " +
			"customerio.requests_per_second (CUSTOMERIO_REQUESTS_PER_SECOND)."
	}
	return ""
}

// regionAt is the region that a redirect leads to, as far as it tells.
func regionAt(location string) string {
	target, err := url.Parse(location)
	if err == nil {
		for region, address := range customerio.Regions {
			if strings.TrimPrefix(address, "https://") == target.Host {
				return fmt.Sprintf("%q", region)
			}
		}
	}
	return `"eu" or "us"`
}

func (o Attempt) adviceByStatus(refused *transport.Error) string {
	switch status := refused.Status; {
	case status == http.StatusUnauthorized:
		return "Adobe does not take the credentials. Check adobe.client_id (ADOBE_CLIENT_ID) and adobe.client_secret (ADOBE_CLIENT_SECRET), or " +
			"obtain a new adobe.access_token (ADOBE_ACCESS_TOKEN)."
	case status == http.StatusForbidden:
		return "The credential lacks a permission for this call. Have its role in Experience Platform given the permissions for the {object}, and " +
			"access to the sandbox (adobe.sandbox_name)."
	case status == http.StatusNotFound && (!refused.Structured || refused.Service == ims.Service):
		return "No service wrote this answer: check " + addressOf(refused.Service) + " and the proxy, if there is one."
	case status == http.StatusProxyAuthRequired:
		return "A proxy between here and the service wants credentials: put them into its URL in the environment variable HTTPS_PROXY."
	case status == http.StatusConflict:
		return "Somebody else changed the {object} at the same time. Apply again."
	case status == http.StatusTooManyRequests:
		if refused.Service == ims.Service {
			return "Adobe's identity service limits the rate of requests for tokens. Apply again later; where many runs start at a time, fetch one token for " +
				"all of them and give it as adobe.access_token (ADOBE_ACCESS_TOKEN)."
		}
		return "The service limits the rate of calls. Apply again later, with a lower -parallelism."
	case status >= 300 && status < 400:
		return "The call is redirected to " + hostOf(refused.Location) + ", and redirects are not followed: check " + addressOf(refused.Service) +
			" and the proxy, if there is one."
	case status >= 500:
		return trouble(refused)
	}
	return o.adviceOnRequest(refused)
}

// adviceOnRequest is for what is wrong with the request itself, as far as nothing more is known.
func (o Attempt) adviceOnRequest(refused *transport.Error) string {
	report := " report it as a bug of this provider" + evidence(", with ", refused) + "."
	attribute, known := o.attributeAtFault(refused)
	switch {
	case known:
		return fmt.Sprintf("Correct %s as the service says, and apply again.", attribute)
	case o.Verb == "read":
		return "The configuration cannot cause this. If it comes again," + report
	case o.Verb == "delete":
		return "The {object} cannot be deleted as things are. Remove what is in the way, such as something else that uses it, and apply again. To " +
			"have only Terraform forget it, use terraform state rm."
	case refused.Message == "":
		return "The service gives no reason. Check the ids and values in the configuration of the {object}, and apply again. If they are right," + report
	}
	return "The service does not take the request as it is. Correct what it names in the configuration of the {object}, and apply again. If that is " +
		"right already," + report
}

// trouble is for failures that are none of the user's doing.
func trouble(refused *transport.Error) string {
	tell := evidence(" give ", refused)
	if tell != "" {
		tell += " to " + vendorOf(refused.Service) + "'s support"
	}
	if !refused.Structured {
		text := "A gateway or proxy wrote this answer in the service's place, which may be down. Apply again later; if it stays, check " +
			addressOf(refused.Service)
		if tell != "" {
			text += ", and" + tell
		}
		return text + "."
	}
	if tell == "" {
		tell = " ask " + vendorOf(refused.Service) + "'s support"
	}
	return "The trouble is at the service's side, and may pass. Apply again later; if it stays," + tell + "."
}

// evidence is by what support finds a call again, after an introduction; nothing where there is none.
func evidence(introduction string, refused *transport.Error) string {
	switch {
	case refused.RequestID != "" && refused.Code != "":
		return introduction + "the code and the request id"
	case refused.RequestID != "":
		return introduction + "the request id"
	case strings.Contains(refused.Message, "(reference "): // Customer.io's request id
		return introduction + "the reference"
	}
	return ""
}

// hostOf is the host of a redirect. The rest of its address may hold secrets.
func hostOf(location string) string {
	target, err := url.Parse(location)
	if err != nil || target.Host == "" {
		return "another address"
	}
	return target.Host
}

// addressOf is the setting for the address of a service.
func addressOf(service string) string {
	switch service {
	case customerio.Service:
		return "customerio.base_url (CUSTOMERIO_BASE_URL)"
	case ims.Service:
		return "adobe.ims_url (ADOBE_IMS_URL)"
	}
	return "adobe.platform_url (ADOBE_PLATFORM_URL)"
}

func vendorOf(service string) string {
	if service == customerio.Service {
		return "Customer.io"
	}
	return "Adobe"
}

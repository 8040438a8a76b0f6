package conformance

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Settings are the accounts of a run, from the environment variables that the provider reads.
type Settings struct {
	PlatformURL, IMSURL                               string
	OrgID, ClientID, ClientSecret, AccessToken, Scope string
	Sandbox                                           string
	CustomerIOURL, AppAPIKey                          string
	// PerSecond is the most calls to Customer.io in a second.
	PerSecond int
}

// The addresses and scopes that hold without a variable.
const (
	defaultPlatformURL = "https://platform.adobe.io"
	defaultIMSURL      = "https://ims-na1.adobelogin.com"
	defaultScopes      = "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext"
	// defaultPerSecond leaves room for others who use the workspace: ten are allowed (documented: cio-api).
	defaultPerSecond = 8
)

var regions = map[string]string{"us": "https://api.customer.io", "eu": "https://api-eu.customer.io"}

// FromEnvironment reads the settings. One account is enough.
func FromEnvironment(getenv func(string) string) (Settings, error) {
	region := strings.ToLower(cmp.Or(getenv("CUSTOMERIO_REGION"), "us"))
	perSecond, err := strconv.Atoi(cmp.Or(getenv("CUSTOMERIO_REQUESTS_PER_SECOND"), strconv.Itoa(defaultPerSecond)))
	s := Settings{
		PlatformURL: cmp.Or(getenv("ADOBE_PLATFORM_URL"), defaultPlatformURL), IMSURL: cmp.Or(getenv("ADOBE_IMS_URL"), defaultIMSURL),
		OrgID: getenv("ADOBE_ORG_ID"), ClientID: getenv("ADOBE_CLIENT_ID"), ClientSecret: getenv("ADOBE_CLIENT_SECRET"),
		AccessToken: getenv("ADOBE_ACCESS_TOKEN"), Sandbox: getenv("ADOBE_SANDBOX_NAME"),
		Scope:         strings.Join(strings.FieldsFunc(cmp.Or(getenv("ADOBE_SCOPES"), defaultScopes), isSeparator), ","),
		CustomerIOURL: cmp.Or(getenv("CUSTOMERIO_BASE_URL"), regions[region]), AppAPIKey: getenv("CUSTOMERIO_APP_API_KEY"), PerSecond: perSecond,
	}
	switch {
	case err != nil || perSecond < 1:
		return s, fmt.Errorf("CUSTOMERIO_REQUESTS_PER_SECOND must be a positive whole number")
	case s.CustomerIOURL == "":
		return s, fmt.Errorf("CUSTOMERIO_REGION must be us or eu, not %q", region)
	}
	for variable, address := range map[string]*string{
		"ADOBE_PLATFORM_URL": &s.PlatformURL, "ADOBE_IMS_URL": &s.IMSURL, "CUSTOMERIO_BASE_URL": &s.CustomerIOURL,
	} {
		if err := checkURL(*address); err != nil {
			return s, fmt.Errorf("%s %w", variable, err)
		}
		*address = strings.TrimSuffix(*address, "/")
	}
	return s, s.checkAccounts()
}

func isSeparator(char rune) bool { return char == ',' || unicode.IsSpace(char) }

// checkURL keeps credentials off networks that can be read.
func checkURL(address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" {
		return fmt.Errorf("is not a URL")
	}
	loopback := slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, parsed.Hostname())
	if parsed.Scheme != "https" && (parsed.Scheme != "http" || !loopback) {
		return fmt.Errorf("must begin with https://")
	}
	return nil
}

// checkAccounts wants at least one account, and none by halves.
func (s Settings) checkAccounts() error {
	missing := s.missing()
	switch {
	case len(missing) == 0:
		return nil
	case s.OrgID+s.ClientID+s.ClientSecret+s.AccessToken != "":
		return fmt.Errorf("the Adobe account lacks %s", strings.Join(missing, " and "))
	case s.AppAPIKey == "":
		return fmt.Errorf("there is no account to ask: set ADOBE_ORG_ID, ADOBE_CLIENT_ID, ADOBE_CLIENT_SECRET and ADOBE_SANDBOX_NAME, " +
			"or CUSTOMERIO_APP_API_KEY, or all of them")
	}
	return nil
}

// missing are the variables that an Adobe account needs and that are not set.
func (s Settings) missing() []string {
	var missing []string
	for _, needed := range []struct{ variable, value string }{
		{"ADOBE_ORG_ID", s.OrgID}, {"ADOBE_CLIENT_ID", s.ClientID}, {"ADOBE_CLIENT_SECRET", cmp.Or(s.AccessToken, s.ClientSecret)},
		{"ADOBE_SANDBOX_NAME", s.Sandbox},
	} {
		if needed.value == "" {
			missing = append(missing, needed.variable)
		}
	}
	return missing
}

// lacks is why an account cannot be asked, "" if it can.
func (s Settings) lacks(wanted account) string {
	if wanted == adobe && len(s.missing()) > 0 || wanted == customerIO && s.AppAPIKey == "" {
		return "no " + string(wanted) + " account"
	}
	return ""
}

// isNamedProduction tells whether a sandbox is one in which nobody tries things out, going by its name.
func isNamedProduction(sandbox string) bool {
	words := strings.FieldsFunc(strings.ToLower(sandbox), func(char rune) bool { return !unicode.IsLetter(char) })
	return slices.ContainsFunc(words, func(word string) bool { return slices.Contains([]string{"prod", "production", "live"}, word) })
}

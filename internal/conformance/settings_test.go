package conformance

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSettingsAreThoseOfTheProvider(t *testing.T) {
	settings, err := FromEnvironment(environment(map[string]string{"CUSTOMERIO_REGION": "EU", "ADOBE_SCOPES": "openid, AdobeID"}))
	require.NoError(t, err)
	require.Equal(t, "https://platform.adobe.io", settings.PlatformURL)
	require.Equal(t, "https://api-eu.customer.io", settings.CustomerIOURL)
	require.Equal(t, "openid,AdobeID", settings.Scope)
}

func TestSettingsThatAreRefused(t *testing.T) {
	for message, over := range map[string]map[string]string{
		"ADOBE_CLIENT_SECRET and ADOBE_SANDBOX_NAME": {"ADOBE_CLIENT_SECRET": "", "ADOBE_SANDBOX_NAME": ""},
		"there is no account to ask":                 {"ADOBE_ORG_ID": "", "ADOBE_CLIENT_ID": "", "ADOBE_CLIENT_SECRET": "", "CUSTOMERIO_APP_API_KEY": ""},
		"must be us or eu":                           {"CUSTOMERIO_REGION": "mars"},
		"positive whole number":                      {"CUSTOMERIO_REQUESTS_PER_SECOND": "0"},
		"ADOBE_IMS_URL must begin with https":        {"ADOBE_IMS_URL": "http://example.com"},
		"CUSTOMERIO_BASE_URL is not a URL":           {"CUSTOMERIO_BASE_URL": "example"},
	} {
		t.Run(message, func(t *testing.T) {
			_, err := FromEnvironment(environment(over))
			require.ErrorContains(t, err, message)
		})
	}
}

func TestNamesOfProductionSandboxes(t *testing.T) {
	for name, is := range map[string]bool{
		"prod": true, "Production": true, "acme-prod": true, "live-2": true, "prod1": true,
		"dev": false, "preprod": false, "nonprod": false, "product-tests": false, "delivery": false, "": false,
	} {
		require.Equal(t, is, isNamedProduction(name), name)
	}
}

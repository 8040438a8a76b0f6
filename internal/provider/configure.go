package provider

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"golang.org/x/time/rate"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

const (
	// defaultPlatformURL is the one host that Adobe documents for the Flow Service.
	defaultPlatformURL    = "https://platform.adobe.io"
	defaultRequestTimeout = 30 * time.Second
	defaultMaxRetries     = 5
	maxRetriesBound       = 20
)

// Configure builds the clients. It makes no call: credentials are first used when a resource needs them.
func (p *customerIOProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config configModel
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	adobe := &settings{block: "adobe", object: config.Adobe, diags: &resp.Diagnostics}
	cio := &settings{block: "customerio", object: config.CustomerIO, diags: &resp.Diagnostics}
	shared := p.sharedConfig(config, req.TerraformVersion)

	services := &clients.Set{Secrets: shared.Redactor}
	register := objects.NewRegister()
	configureAdobe(services, adobe, shared, register)
	configureCustomerIO(services, cio, shared, register)
	resp.ResourceData, resp.DataSourceData, resp.EphemeralResourceData = services, services, services
}

// sharedConfig is what all clients have in common. Limits that are not known yet are the defaults.
func (p *customerIOProvider) sharedConfig(config configModel, terraformVersion string) transport.Config {
	shared := transport.Config{
		UserAgent:  fmt.Sprintf("terraform-provider-customerio/%s (Terraform/%s)", p.version, terraformVersion),
		Timeout:    defaultRequestTimeout,
		MaxRetries: defaultMaxRetries,
		Redactor:   &transport.Redactor{},
	}
	if timeout, err := parseTimeout(config.RequestTimeout.ValueString()); err == nil {
		shared.Timeout = timeout
	}
	if retries := config.MaxRetries; !retries.IsNull() && !retries.IsUnknown() {
		shared.MaxRetries = int(retries.ValueInt64())
	}
	return shared
}

func configureAdobe(services *clients.Set, adobe *settings, shared transport.Config, register *objects.Register) {
	credentials := &ims.Credentials{
		OrgID: adobe.need("org_id", nil), ClientID: adobe.need("client_id", nil), SandboxName: adobe.need("sandbox_name", checkSandbox),
	}
	credentials.Tokens = tokens(adobe, credentials.ClientID, shared)
	platformURL := strings.TrimSuffix(adobe.text("platform_url", defaultPlatformURL, checkURL), "/")

	shared.Credentials = credentials
	services.Adobe = clients.Optional[ims.Credentials]{Client: credentials, Missing: adobe.missing, Unknown: adobe.unknown}
	services.FlowService = adobeService(adobe, shared, register, flowservice.Service, flowservice.NotFound,
		platformURL+flowservice.BasePath, flowservice.New)
	services.DataPrep = adobeService(adobe, shared, register, dataprep.Service, dataprep.NotFound,
		platformURL+dataprep.BasePath, dataprep.New)
	services.SchemaRegistry = adobeService(adobe, shared, register, schemaregistry.Service, schemaregistry.NotFound,
		platformURL+schemaregistry.BasePath, schemaregistry.New)
	services.Catalog = adobeService(adobe, shared, register, catalog.Service, catalog.NotFound,
		platformURL+catalog.BasePath, catalog.New)
}

// adobeService is the client of one service, or what it lacks.
func adobeService[T any](
	adobe *settings, config transport.Config, register *objects.Register, name string, notFound transport.Form, baseURL string,
	newClient func(*transport.Client, *objects.Register) *T,
) clients.Optional[T] {
	service := clients.Optional[T]{Missing: adobe.missing, Unknown: adobe.unknown}
	if len(adobe.missing) == 0 && len(adobe.unknown) == 0 {
		config.Service, config.NotFound, config.BaseURL = name, notFound, baseURL
		service.Client = newClient(transport.New(config), register)
	}
	return service
}

// tokens is where access tokens come from: a ready one, or IMS.
func tokens(adobe *settings, clientID string, shared transport.Config) ims.Tokens {
	token := adobe.text("access_token", "", nil)
	secret := adobe.text("client_secret", "", nil)
	shared.Redactor.Learn(token, secret)
	config := ims.Config{
		URL: adobe.text("ims_url", ims.DefaultURL, checkURL), ClientID: clientID, ClientSecret: secret,
		Scopes: adobe.list("scopes", ims.DefaultScopes()),
	}
	if token != "" {
		return ims.StaticToken(token)
	}
	if secret == "" && len(adobe.unknown) == 0 {
		adobe.missing = append(adobe.missing, "adobe.client_secret (environment variable ADOBE_CLIENT_SECRET), or adobe.access_token "+
			"(environment variable ADOBE_ACCESS_TOKEN)")
	}
	shared.Service = ims.Service
	return ims.NewTokenSource(config, shared)
}

func configureCustomerIO(services *clients.Set, cio *settings, shared transport.Config, register *objects.Register) {
	key := cio.need("app_api_key", nil)
	region := strings.ToLower(cio.text("region", "us", checkRegion))
	baseURL := cio.text("base_url", customerio.Regions[region], checkURL)
	perSecond := cio.number("requests_per_second", customerio.DefaultRequestsPerSecond)
	shared.Redactor.Learn(key)

	services.CustomerIO.Missing, services.CustomerIO.Unknown = cio.missing, cio.unknown
	if len(cio.missing) > 0 || len(cio.unknown) > 0 {
		return
	}
	shared.Service, shared.NotFound, shared.BaseURL = customerio.Service, customerio.NotFound, baseURL
	shared.Credentials = customerio.Credentials{AppAPIKey: key}
	// A burst of one spreads the calls evenly: any full second then holds at most perSecond of them.
	shared.Limiter = rate.NewLimiter(rate.Limit(perSecond), 1)
	services.CustomerIO.Client = customerio.New(transport.New(shared), register)
}

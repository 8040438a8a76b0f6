package provider

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/customerio-source/terraform-provider-customerio/internal/api/catalog"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/customerio"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/dataprep"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/flowservice"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/ims"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/objects"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/schemaregistry"
	"github.com/customerio-source/terraform-provider-customerio/internal/api/transport"
	"github.com/customerio-source/terraform-provider-customerio/internal/attribute"
	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

const (
	// defaultPlatformURL is the one host that Adobe documents for the Flow Service.
	defaultPlatformURL    = "https://platform.adobe.io"
	defaultRequestTimeout = 30 * time.Second
	defaultMaxRetries     = 5
	maxRetriesBound       = 20
	batchingAuto          = "auto"
	batchingOff           = "off"
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
	register.OneByOne = config.ReadBatching.ValueString() == batchingOff
	configureAdobe(services, adobe, shared, register)
	configureCustomerIO(services, cio, shared, register)
	p.services.Store(services)
	resp.ResourceData, resp.DataSourceData, resp.EphemeralResourceData, resp.ListResourceData = services, services, services, services
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
	credentials := ims.Credentials{
		OrgID: adobe.need("org_id", nil), ClientID: adobe.need("client_id", nil), SandboxName: adobe.need("sandbox_name", attribute.CheckSandbox),
	}
	isSandbox := func(setting string) bool { return strings.HasPrefix(setting, "adobe.sandbox_name") }
	if i := slices.IndexFunc(adobe.missing, isSandbox); i >= 0 {
		adobe.missing[i] += ", or sandbox_name of the object"
	}
	credentials.Tokens = tokens(adobe, credentials.ClientID, shared)
	platformURL := strings.TrimSuffix(adobe.text("platform_url", defaultPlatformURL, checkURL), "/")
	limiters := limiters{}
	for _, service := range []string{flowservice.Service, dataprep.Service, schemaregistry.Service, catalog.Service} {
		limiters[service] = transport.NewLimiter(transport.Unlimited)
	}

	services.Platform = platform(credentials, platformURL, shared, register, limiters, adobe.missing, adobe.unknown)
	services.ForSandbox = func(name string) clients.Platform {
		elsewhere := credentials
		elsewhere.SandboxName = name
		another := objects.NewRegister()
		another.OneByOne = register.OneByOne
		return platform(elsewhere, platformURL, shared, another, limiters,
			slices.DeleteFunc(slices.Clone(adobe.missing), isSandbox), slices.DeleteFunc(slices.Clone(adobe.unknown), isSandbox))
	}
}

// limiters are those of Adobe's services, by their names. The limits are the organization's, so all sandboxes share them. Adobe documents no
// rate: they adapt to what the services refuse.
type limiters map[string]*transport.Limiter

// platform is the clients of Adobe's services in the sandbox of the credentials.
func platform(
	credentials ims.Credentials, url string, shared transport.Config, register *objects.Register, limiters limiters, missing, unknown []string,
) clients.Platform {
	shared.Credentials = &credentials
	lack := lack{missing, unknown}
	config := func(service string) transport.Config {
		config := shared
		config.Service, config.Limiter = service, limiters[service]
		return config
	}
	return clients.Platform{
		Adobe:          clients.Optional[ims.Credentials]{Client: &credentials, Missing: missing, Unknown: unknown},
		FlowService:    adobeService(lack, config(flowservice.Service), register, flowservice.NotFound, url+flowservice.BasePath, flowservice.New),
		DataPrep:       adobeService(lack, config(dataprep.Service), register, dataprep.NotFound, url+dataprep.BasePath, dataprep.New),
		SchemaRegistry: adobeService(lack, config(schemaregistry.Service), register, schemaregistry.NotFound, url+schemaregistry.BasePath, schemaregistry.New),
		Catalog:        adobeService(lack, config(catalog.Service), register, catalog.NotFound, url+catalog.BasePath, catalog.New),
	}
}

// lack is the settings that have no value, and those that are not known yet.
type lack struct{ missing, unknown []string }

// adobeService is the client of one service, or what it lacks.
func adobeService[T any](
	lack lack, config transport.Config, register *objects.Register, notFound transport.Form, baseURL string,
	newClient func(*transport.Client, *objects.Register) *T,
) clients.Optional[T] {
	service := clients.Optional[T]{Missing: lack.missing, Unknown: lack.unknown}
	if len(lack.missing) == 0 && len(lack.unknown) == 0 {
		config.NotFound, config.BaseURL = notFound, baseURL
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
	if !cio.isUnknown("region") {
		services.Region = region
	}
	if key != "" {
		services.AppAPIKey = checksum(key)
	}
	if len(cio.missing) > 0 || len(cio.unknown) > 0 {
		return
	}
	shared.Service, shared.NotFound, shared.BaseURL = customerio.Service, customerio.NotFound, baseURL
	shared.Credentials = customerio.Credentials{AppAPIKey: key}
	shared.Limiter = transport.NewLimiter(float64(perSecond))
	services.CustomerIO.Client = customerio.New(transport.New(shared), register)
}

// checksum is 32 bits of a key, too few to find the key by.
func checksum(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:4])
}

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/customerio-source/terraform-provider-customerio/internal/clients"
)

// Session is the provider as Terraform has it after a provider block without settings: all of them come from the environment.
type Session struct {
	Server  tfprotov6.ProviderServer
	Schemas *tfprotov6.GetProviderSchemaResponse
	Clients *clients.Set
}

// Open configures the provider for a program in place of Terraform. It makes no call. What is wrong with the environment is in the diagnostics; a
// setting without a value is not: whoever uses a client finds out.
func Open(ctx context.Context, version string) (*Session, []*tfprotov6.Diagnostic, error) {
	own := &customerIOProvider{version: version}
	server := serve(own)
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, nil, err
	}
	kind, unset := schemas.Provider.ValueType(), map[string]tftypes.Value{}
	for name, member := range kind.(tftypes.Object).AttributeTypes {
		unset[name] = tftypes.NewValue(member, nil)
	}
	config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, unset))
	if err != nil {
		return nil, nil, err
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "none", Config: &config})
	if err != nil {
		return nil, nil, err
	}
	return &Session{server, schemas, own.services.Load()}, configured.Diagnostics, nil
}

// The azuread plugin of the Pulumi engine: Terraform's provider behind Pulumi's bridge, as pulumi-azuread makes it
// (provider/resources.go there). It serves no schema, because the engine asks for none while it runs a program.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-provider-azuread/xpprovider"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
)

// Set by the build to the version of the npm package.
var version string

func main() {
	provider, err := xpprovider.GetProviderSchema(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	info := tfbridge.ProviderInfo{
		P:            sdkv2.NewProvider(provider),
		Name:         "azuread",
		Version:      version,
		MetadataInfo: tfbridge.NewProviderMetadata([]byte("{}")),
	}
	info.MustComputeTokens(tokens.SingleModule("azuread_", "index", tokens.MakeStandard("azuread")))
	tfbridge.Main("azuread", version, info, []byte("{}"))
}

package clients

import (
	"context"
	"os"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

// With instance discovery on, MSAL for Go asks the public cloud about every authority that it does not know.
func TestMicrosoftAuthenticationLibraryForGo(t *testing.T) {
	credential := confidential.NewCredFromAssertionCallback(func(context.Context, confidential.AssertionRequestOptions) (string, error) {
		return oidcToken(t, "api://AzureADTokenExchange"), nil
	})
	client := func(t *testing.T, tenant, clientID string) confidential.Client {
		authority := os.Getenv("AZURE_AUTHORITY_HOST") + "/" + tenant
		return must(confidential.New(authority, clientID, credential, confidential.WithInstanceDiscovery(false)))(t)
	}
	t.Run("signs in, and keeps the token in its cache", func(t *testing.T) {
		signedIn := client(t, world.Home.TenantID, world.Home.DeployerClientID)
		first := must(signedIn.AcquireTokenByCredential(t.Context(), []string{storageScope}))(t)
		second := must(signedIn.AcquireTokenByCredential(t.Context(), []string{storageScope}))(t)
		equal(t, second.AccessToken, first.AccessToken)
	})
	t.Run("signs in to a tenant named by its domain", func(t *testing.T) {
		signedIn := client(t, world.Home.Domain, world.Home.DeployerClientID)
		must(signedIn.AcquireTokenByCredential(t.Context(), []string{storageScope}))(t)
	})
}

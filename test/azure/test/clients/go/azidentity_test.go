package clients

import (
	"context"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// azidentity takes the address of instance metadata from nowhere, so a virtual machine cannot be played.
func TestAzidentity(t *testing.T) {
	t.Run("gets a managed identity token in the App Service environment", func(t *testing.T) {
		identity := managedIdentity(t, azidentity.ClientID(world.Identity.ClientID))
		equal(t, claims(t, getToken(t, identity, exchangeScope))["sub"], world.Identity.PrincipalID)
	})
	t.Run("gets a managed identity token by resource id", func(t *testing.T) {
		identity := managedIdentity(t, azidentity.ResourceID(world.Identity.ResourceID))
		equal(t, claims(t, getToken(t, identity, exchangeScope))["sub"], world.Identity.PrincipalID)
	})
	t.Run("is refused an identity that the site has not", func(t *testing.T) {
		identity := managedIdentity(t, azidentity.ClientID(world.Applications["trusted"].ClientID))
		refusedToken(t, identity, "No User Assigned or Delegated Managed Identity found")
	})
	t.Run("exchanges the managed identity into the second tenant", func(t *testing.T) {
		got := claims(t, getToken(t, trusted(t), storageScope))
		equal(t, got["tid"], world.Resource.TenantID)
		equal(t, got["appid"], world.Applications["trusted"].ClientID)
		equal(t, got["oid"], world.Applications["trusted"].ObjectID)
	})
	t.Run("exchanges into a tenant named by its domain", func(t *testing.T) {
		credential := exchange(t, world.Resource.Domain, "trusted", exchangeScope)
		equal(t, claims(t, getToken(t, credential, storageScope))["tid"], world.Resource.TenantID)
	})
	t.Run("signs a deployer in by OIDC", func(t *testing.T) {
		token := getToken(t, deployer(t, world.Home), storageScope)
		equal(t, claims(t, token)["appid"], world.Home.DeployerClientID)
	})
	for _, refusal := range []struct{ name, application, code string }{
		{"wrong subject, 700213", "wrongSubject", "AADSTS700213:"},
		{"wrong issuer, 700211", "wrongIssuer", "AADSTS700211:"},
		{"wrong audience, 7002121", "wrongAudience", "AADSTS7002121:"},
		{"missing service principal, 7000229", "notAdmitted", "AADSTS7000229:"},
	} {
		t.Run("is refused: "+refusal.name, func(t *testing.T) {
			refusedToken(t, exchange(t, world.Resource.TenantID, refusal.application, exchangeScope), refusal.code)
		})
	}
	t.Run("is refused an OIDC token for another audience", func(t *testing.T) {
		credential := assertionCredential(t, world.Home.TenantID, world.Home.DeployerClientID, func(context.Context) (string, error) {
			return oidcToken(t, "api://another-audience"), nil
		})
		refusedToken(t, credential, "AADSTS700212:")
	})
	t.Run("is refused an assertion for another resource", func(t *testing.T) {
		credential := exchange(t, world.Resource.TenantID, "trusted", "https://management.azure.com/.default")
		refusedToken(t, credential, "AADSTS7002121:")
	})
	t.Run("is refused an unknown tenant", func(t *testing.T) {
		credential := exchange(t, "99999999-9999-4999-8999-999999999999", "trusted", exchangeScope)
		refusedToken(t, credential, "AADSTS90002:")
	})
}

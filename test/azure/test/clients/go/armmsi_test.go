package clients

import (
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/msi/armmsi"
)

func TestArmmsi(t *testing.T) {
	t.Run("creates, reads, lists, updates and deletes an identity", func(t *testing.T) {
		const group = "go-identities"
		of, credential := world.Home, deployer(t, world.Home)
		resourceGroup(t, credential, of, group)
		identities := must(armmsi.NewUserAssignedIdentitiesClient(of.SubscriptionID, credential, managementOptions(t)))(t)
		made := must(identities.CreateOrUpdate(t.Context(), group, "site", armmsi.Identity{Location: &of.Location}, nil))(t)
		equal(t, *made.Properties.TenantID, of.TenantID)
		read := must(identities.Get(t.Context(), group, "site", nil))(t)
		equal(t, *read.Properties.PrincipalID, *made.Properties.PrincipalID)
		tags := armmsi.IdentityUpdate{Tags: map[string]*string{"a": to.Ptr("1")}}
		equal(t, *must(identities.Update(t.Context(), group, "site", tags, nil))(t).Tags["a"], "1")
		page := must(identities.NewListByResourceGroupPager(group, nil).NextPage(t.Context()))(t)
		equal(t, len(page.Value), 1)
		must(identities.Delete(t.Context(), group, "site", nil))(t)
		_, err := identities.Get(t.Context(), group, "site", nil)
		refused(t, err, 404, "ResourceNotFound")
	})
	t.Run("lets an identity trust an issuer, lists it and takes it away", func(t *testing.T) {
		const group = "go-credentials"
		of, credential := world.Resource, owner(t)
		resourceGroup(t, credential, of, group)
		identities := must(armmsi.NewUserAssignedIdentitiesClient(of.SubscriptionID, credential, managementOptions(t)))(t)
		must(identities.CreateOrUpdate(t.Context(), group, "site", armmsi.Identity{Location: &of.Location}, nil))(t)
		credentials := must(armmsi.NewFederatedIdentityCredentialsClient(of.SubscriptionID, credential, managementOptions(t)))(t)
		trusted := armmsi.FederatedIdentityCredential{Properties: &armmsi.FederatedIdentityCredentialProperties{
			Issuer:    to.Ptr("https://issuer.example"),
			Subject:   to.Ptr("workload"),
			Audiences: []*string{to.Ptr("api://AzureADTokenExchange")},
		}}
		must(credentials.CreateOrUpdate(t.Context(), group, "site", "workload", trusted, nil))(t)
		page := must(credentials.NewListPager(group, "site", nil).NextPage(t.Context()))(t)
		equal(t, *page.Value[0].Properties.Subject, "workload")
		must(credentials.Delete(t.Context(), group, "site", "workload", nil))(t)
		_, err := credentials.Get(t.Context(), group, "site", "workload", nil)
		refused(t, err, 404, "ResourceNotFound")
	})
}

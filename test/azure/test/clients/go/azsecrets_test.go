package clients

import (
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/keyvault/armkeyvault"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

const keyVaultSecretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"

// secretsVault makes a vault in a group of its own in the second tenant, where the trusted application is Key Vault Secrets Officer.
func secretsVault(t *testing.T, name string) string {
	of, owner := world.Resource, owner(t)
	resourceGroup(t, owner, of, name)
	vaults := must(armkeyvault.NewVaultsClient(of.SubscriptionID, owner, managementOptions(t)))(t)
	poller := must(vaults.BeginCreateOrUpdate(t.Context(), name, name, armkeyvault.VaultCreateOrUpdateParameters{
		Location: &of.Location,
		Properties: &armkeyvault.VaultProperties{
			TenantID:                &of.TenantID,
			SKU:                     &armkeyvault.SKU{Family: to.Ptr(armkeyvault.SKUFamilyA), Name: to.Ptr(armkeyvault.SKUNameStandard)},
			EnableRbacAuthorization: to.Ptr(true),
		},
	}, nil))(t)
	vault := must(poller.PollUntilDone(t.Context(), nil))(t)
	assignments := must(armauthorization.NewRoleAssignmentsClient(of.SubscriptionID, owner, managementOptions(t)))(t)
	officer := assignment(keyVaultSecretsOfficer, world.Applications["trusted"].ObjectID)
	must(assignments.Create(t.Context(), *vault.ID, "60000000-0000-4000-8000-000000000002", officer, nil))(t)
	return *vault.Properties.VaultURI
}

func TestAzsecrets(t *testing.T) {
	address := secretsVault(t, "gosecrets")
	secrets := func(t *testing.T, credential azcore.TokenCredential) *azsecrets.Client {
		// The challenge names vault.azure.net, which no local address is under.
		options := azsecrets.ClientOptions{DisableChallengeResourceVerification: true}
		return must(azsecrets.NewClient(address, credential, &options))(t)
	}
	t.Run("sets, reads, lists, deletes and recovers a secret", func(t *testing.T) {
		client := secrets(t, trusted(t))
		must(client.SetSecret(t.Context(), "one", azsecrets.SetSecretParameters{Value: to.Ptr("s3cret")}, nil))(t)
		equal(t, *must(client.GetSecret(t.Context(), "one", "", nil))(t).Value, "s3cret")
		page := must(client.NewListSecretPropertiesPager(nil).NextPage(t.Context()))(t)
		equal(t, len(page.Value), 1)
		equal(t, page.Value[0].ID.Name(), "one")
		must(client.DeleteSecret(t.Context(), "one", nil))(t)
		_, err := client.GetSecret(t.Context(), "one", "", nil)
		refused(t, err, 404, "SecretNotFound")
		must(client.RecoverDeletedSecret(t.Context(), "one", nil))(t)
		equal(t, *must(client.GetSecret(t.Context(), "one", "", nil))(t).Value, "s3cret")
	})
	t.Run("is refused without a role", func(t *testing.T) {
		withoutRole := exchange(t, world.Resource.TenantID, "withoutRole", exchangeScope)
		_, err := secrets(t, withoutRole).GetSecret(t.Context(), "one", "", nil)
		refused(t, err, 403, "Forbidden")
	})
	t.Run("is refused a token of the home tenant", func(t *testing.T) {
		identity := managedIdentity(t, azidentity.ClientID(world.Identity.ClientID))
		_, err := secrets(t, identity).GetSecret(t.Context(), "one", "", nil)
		refused(t, err, 401, "Unauthorized")
	})
}

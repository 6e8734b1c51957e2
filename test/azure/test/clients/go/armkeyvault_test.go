package clients

import (
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/keyvault/armkeyvault"
)

func TestArmkeyvault(t *testing.T) {
	const name = "govault"
	of := world.Resource
	t.Run("finds, purges and frees the name of a deleted vault", func(t *testing.T) {
		secretsVault(t, name)
		vaults := must(armkeyvault.NewVaultsClient(of.SubscriptionID, owner(t), managementOptions(t)))(t)
		read := must(vaults.Get(t.Context(), name, name, nil))(t)
		equal(t, *read.Properties.EnableSoftDelete, true)
		available := func() bool {
			input := armkeyvault.VaultCheckNameAvailabilityParameters{Name: to.Ptr(name), Type: to.Ptr("Microsoft.KeyVault/vaults")}
			return *must(vaults.CheckNameAvailability(t.Context(), input, nil))(t).NameAvailable
		}
		must(vaults.Delete(t.Context(), name, name, nil))(t)
		equal(t, available(), false)
		deleted := must(vaults.GetDeleted(t.Context(), name, of.Location, nil))(t)
		equal(t, *deleted.Properties.VaultID, *read.ID)
		purge := must(vaults.BeginPurgeDeleted(t.Context(), name, of.Location, nil))(t)
		must(purge.PollUntilDone(t.Context(), nil))(t)
		equal(t, available(), true)
	})
	t.Run("is refused to a deployer, whose role has no vaults", func(t *testing.T) {
		vaults := must(armkeyvault.NewVaultsClient(of.SubscriptionID, deployer(t, of), managementOptions(t)))(t)
		_, err := vaults.Get(t.Context(), name, name, nil)
		refused(t, err, 403, "AuthorizationFailed")
	})
}

package clients

import (
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/storage/armstorage/v2"
)

func TestArmstorage(t *testing.T) {
	const group, name = "go-storage", "goaccount"
	of := world.Resource
	t.Run("creates, reads, lists, updates and deletes an account and a container", func(t *testing.T) {
		credential, options := deployer(t, of), managementOptions(t)
		resourceGroup(t, credential, of, group)
		accounts := must(armstorage.NewAccountsClient(of.SubscriptionID, credential, options))(t)
		poller := must(accounts.BeginCreate(t.Context(), group, name, armstorage.AccountCreateParameters{
			Location: &of.Location,
			Kind:     to.Ptr(armstorage.KindStorageV2),
			SKU:      &armstorage.SKU{Name: to.Ptr(armstorage.SKUNameStandardLRS)},
			Properties: &armstorage.AccountPropertiesCreateParameters{
				AllowSharedKeyAccess: to.Ptr(false),
				MinimumTLSVersion:    to.Ptr(armstorage.MinimumTLSVersionTLS12),
			},
		}, nil))(t)
		made := must(poller.PollUntilDone(t.Context(), nil))(t)
		equal(t, *made.Properties.PrimaryEndpoints.Blob, world.Storage+"/"+name+"/")
		equal(t, *made.Properties.AllowSharedKeyAccess, false)
		update := armstorage.AccountUpdateParameters{Tags: map[string]*string{"a": to.Ptr("1")}}
		equal(t, *must(accounts.Update(t.Context(), group, name, update, nil))(t).Tags["a"], "1")
		equal(t, *must(accounts.GetProperties(t.Context(), group, name, nil))(t).Properties.MinimumTLSVersion, armstorage.MinimumTLSVersionTLS12)
		listed := must(accounts.NewListByResourceGroupPager(group, nil).NextPage(t.Context()))(t)
		equal(t, len(listed.Value), 1)

		containers := must(armstorage.NewBlobContainersClient(of.SubscriptionID, credential, options))(t)
		must(containers.Create(t.Context(), group, name, "invoices", armstorage.BlobContainer{}, nil))(t)
		read := must(containers.Get(t.Context(), group, name, "invoices", nil))(t)
		equal(t, *read.ContainerProperties.PublicAccess, armstorage.PublicAccessNone)
		page := must(containers.NewListPager(group, name, nil).NextPage(t.Context()))(t)
		equal(t, len(page.Value), 1)
		must(containers.Delete(t.Context(), group, name, "invoices", nil))(t)
		_, err := containers.Get(t.Context(), group, name, "invoices", nil)
		refused(t, err, 404, "ContainerNotFound")

		must(accounts.Delete(t.Context(), group, name, nil))(t)
		_, err = accounts.GetProperties(t.Context(), group, name, nil)
		refused(t, err, 404, "ResourceNotFound")
	})
}

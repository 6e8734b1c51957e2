package clients

import (
	"context"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources/v3"
)

// resourceGroup creates a group, and deletes it with all in it when the test ends.
func resourceGroup(t *testing.T, credential azcore.TokenCredential, of tenant, name string) {
	groups := must(armresources.NewResourceGroupsClient(of.SubscriptionID, credential, managementOptions(t)))(t)
	must(groups.CreateOrUpdate(t.Context(), name, armresources.ResourceGroup{Location: &of.Location}, nil))(t)
	t.Cleanup(func() {
		// The test's own context has ended by now.
		poller := must(groups.BeginDelete(context.Background(), name, nil))(t)
		must(poller.PollUntilDone(context.Background(), nil))(t)
	})
}

func TestArmresources(t *testing.T) {
	of := world.Resource
	t.Run("creates, reads, lists, updates and deletes a resource group", func(t *testing.T) {
		groups := must(armresources.NewResourceGroupsClient(of.SubscriptionID, deployer(t, of), managementOptions(t)))(t)
		equal(t, must(groups.CheckExistence(t.Context(), "go-group", nil))(t).Success, false)
		made := must(groups.CreateOrUpdate(t.Context(), "go-group", armresources.ResourceGroup{Location: &of.Location}, nil))(t)
		equal(t, *made.Properties.ProvisioningState, "Succeeded")
		equal(t, must(groups.CheckExistence(t.Context(), "go-group", nil))(t).Success, true)
		tags := armresources.ResourceGroupPatchable{Tags: map[string]*string{"a": to.Ptr("1")}}
		equal(t, *must(groups.Update(t.Context(), "go-group", tags, nil))(t).Tags["a"], "1")
		equal(t, *must(groups.Get(t.Context(), "go-group", nil))(t).Location, of.Location)
		var names []string
		for pages := groups.NewListPager(nil); pages.More(); {
			for _, group := range must(pages.NextPage(t.Context()))(t).Value {
				names = append(names, *group.Name)
			}
		}
		contains(t, names, "go-group")
		poller := must(groups.BeginDelete(t.Context(), "go-group", nil))(t)
		must(poller.PollUntilDone(t.Context(), nil))(t)
		_, err := groups.Get(t.Context(), "go-group", nil)
		refused(t, err, 404, "ResourceGroupNotFound")
	})
	t.Run("lists resource groups in pages", func(t *testing.T) {
		resourceGroup(t, owner(t), of, "go-page-1")
		resourceGroup(t, owner(t), of, "go-page-2")
		groups := must(armresources.NewResourceGroupsClient(of.SubscriptionID, owner(t), managementOptions(t)))(t)
		var names []string
		for pages := groups.NewListPager(&armresources.ResourceGroupsClientListOptions{Top: to.Ptr[int32](1)}); pages.More(); {
			page := must(pages.NextPage(t.Context()))(t)
			equal(t, len(page.Value) <= 1, true)
			for _, group := range page.Value {
				names = append(names, *group.Name)
			}
		}
		contains(t, names, "go-page-1")
		contains(t, names, "go-page-2")
	})
	t.Run("is refused another tenant's subscription", func(t *testing.T) {
		groups := must(armresources.NewResourceGroupsClient(world.Home.SubscriptionID, deployer(t, of), managementOptions(t)))(t)
		_, err := groups.NewListPager(nil).NextPage(t.Context())
		refused(t, err, 401, "InvalidAuthenticationTokenTenant")
	})
	t.Run("reads, lists and registers resource providers", func(t *testing.T) {
		providers := must(armresources.NewProvidersClient(of.SubscriptionID, owner(t), managementOptions(t)))(t)
		storage := must(providers.Get(t.Context(), "Microsoft.Storage", nil))(t)
		equal(t, *storage.RegistrationState, "Registered")
		page := must(providers.NewListPager(nil).NextPage(t.Context()))(t)
		var namespaces []string
		for _, provider := range page.Value {
			namespaces = append(namespaces, *provider.Namespace)
		}
		contains(t, namespaces, "Microsoft.Web")
		registered := must(providers.Register(t.Context(), "Microsoft.Storage", nil))(t)
		equal(t, *registered.RegistrationState, "Registered")
	})
	t.Run("lists the resources of a group and reads one by its id", func(t *testing.T) {
		resources := must(armresources.NewClient(of.SubscriptionID, owner(t), managementOptions(t)))(t)
		page := must(resources.NewListByResourceGroupPager("clients", nil).NextPage(t.Context()))(t)
		equal(t, len(page.Value), 1)
		equal(t, *page.Value[0].Type, "Microsoft.Storage/storageAccounts")
		read := must(resources.GetByID(t.Context(), *page.Value[0].ID, "2024-01-01", nil))(t)
		equal(t, *read.Name, world.Container.Account)
	})
}

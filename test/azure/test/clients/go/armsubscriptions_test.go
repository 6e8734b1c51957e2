package clients

import (
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armsubscriptions"
)

func TestArmsubscriptions(t *testing.T) {
	of := world.Resource
	t.Run("lists a deployer's own tenant and subscription, and no other", func(t *testing.T) {
		credential, options := deployer(t, of), managementOptions(t)
		subscriptions := must(armsubscriptions.NewClient(credential, options))(t)
		page := must(subscriptions.NewListPager(nil).NextPage(t.Context()))(t)
		equal(t, len(page.Value), 1)
		equal(t, *page.Value[0].SubscriptionID, of.SubscriptionID)
		tenants := must(armsubscriptions.NewTenantsClient(credential, options))(t)
		known := must(tenants.NewListPager(nil).NextPage(t.Context()))(t)
		equal(t, len(known.Value), 1)
		equal(t, *known.Value[0].TenantID, of.TenantID)
	})
	t.Run("reads a subscription and lists its locations", func(t *testing.T) {
		subscriptions := must(armsubscriptions.NewClient(owner(t), managementOptions(t)))(t)
		read := must(subscriptions.Get(t.Context(), of.SubscriptionID, nil))(t)
		equal(t, *read.State, armsubscriptions.SubscriptionStateEnabled)
		page := must(subscriptions.NewListLocationsPager(of.SubscriptionID, nil).NextPage(t.Context()))(t)
		var names []string
		for _, location := range page.Value {
			names = append(names, *location.Name)
		}
		contains(t, names, of.Location)
	})
}

package clients

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
)

const (
	blobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
	blobDataOwner       = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"
)

func containerID() string {
	return fmt.Sprintf("/subscriptions/%s/resourceGroups/clients/providers/Microsoft.Storage/storageAccounts/%s/blobServices/default/containers/%s",
		world.Resource.SubscriptionID, world.Container.Account, world.Container.Name)
}

func assignment(role, principalID string) armauthorization.RoleAssignmentCreateParameters {
	definition := fmt.Sprintf("/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s", world.Resource.SubscriptionID, role)
	return armauthorization.RoleAssignmentCreateParameters{Properties: &armauthorization.RoleAssignmentProperties{
		RoleDefinitionID: &definition,
		PrincipalID:      &principalID,
		PrincipalType:    to.Ptr(armauthorization.PrincipalTypeServicePrincipal),
	}}
}

// The deployer's right to assign roles is limited by a condition.
func TestArmauthorization(t *testing.T) {
	assignments := func(t *testing.T) *armauthorization.RoleAssignmentsClient {
		return must(armauthorization.NewRoleAssignmentsClient(world.Resource.SubscriptionID, deployer(t, world.Resource), managementOptions(t)))(t)
	}
	principal, name := world.Applications["go"].ObjectID, "60000000-0000-4000-8000-000000000001"
	t.Run("assigns, reads, lists and removes a role that opens the container", func(t *testing.T) {
		client, blobs := assignments(t), blobs(t, exchange(t, world.Resource.TenantID, "go", exchangeScope))
		made := must(client.Create(t.Context(), containerID(), name, assignment(blobDataContributor, principal), nil))(t)
		must(blobs.UploadBuffer(t.Context(), world.Container.Name, "go/role", []byte("let in"), nil))(t)
		equal(t, *must(client.Get(t.Context(), containerID(), name, nil))(t).ID, *made.ID)
		// The client sends this filter as it is.
		filter := url.PathEscape("principalId eq '" + principal + "'")
		options := armauthorization.RoleAssignmentsClientListForScopeOptions{Filter: &filter}
		page := must(client.NewListForScopePager(containerID(), &options).NextPage(t.Context()))(t)
		equal(t, len(page.Value), 1)
		must(client.DeleteByID(t.Context(), *made.ID, nil))(t)
		_, err := blobs.UploadBuffer(t.Context(), world.Container.Name, "go/role", nil, nil)
		refused(t, err, 403, "AuthorizationPermissionMismatch")
		_, err = client.Get(t.Context(), containerID(), name, nil)
		refused(t, err, 404, "RoleAssignmentNotFound")
	})
	t.Run("is refused a role beyond the condition", func(t *testing.T) {
		_, err := assignments(t).Create(t.Context(), containerID(), name, assignment(blobDataOwner, principal), nil)
		refused(t, err, 403, "AuthorizationFailed")
	})
	t.Run("is refused a principal that does not exist", func(t *testing.T) {
		_, err := assignments(t).Create(t.Context(), containerID(), name, assignment(blobDataContributor, name), nil)
		refused(t, err, 400, "PrincipalNotFound")
	})
	t.Run("finds a role definition by name", func(t *testing.T) {
		definitions := must(armauthorization.NewRoleDefinitionsClient(deployer(t, world.Resource), managementOptions(t)))(t)
		options := armauthorization.RoleDefinitionsClientListOptions{Filter: to.Ptr("roleName eq 'Storage Blob Data Contributor'")}
		page := must(definitions.NewListPager(containerID(), &options).NextPage(t.Context()))(t)
		equal(t, *page.Value[0].Name, blobDataContributor)
	})
}

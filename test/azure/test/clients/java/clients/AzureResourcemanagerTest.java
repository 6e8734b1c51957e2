package clients;

import static clients.World.planted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.AzureResourceManager;
import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.authorization.models.RoleAssignment;
import com.azure.resourcemanager.resources.models.ResourceGroup;
import com.azure.resourcemanager.storage.models.BlobContainer;
import com.azure.resourcemanager.storage.models.MinimumTlsVersion;
import com.azure.resourcemanager.storage.models.PublicAccess;
import com.azure.resourcemanager.storage.models.StorageAccount;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Groups, accounts and roles by a deployer whose right to assign roles is limited by a condition, and what needs more. */
class AzureResourcemanagerTest {
    private final AzureResourceManager azure = World.resourceManager(World.deployer());
    private final String location = planted("resource.location");

    @Test
    void creates_updates_lists_and_deletes_a_group() {
        ResourceGroup made = azure.resourceGroups().define("java-group").withRegion(location).withTag("a", "1").create();
        assertEquals(Map.of("a", "1", "b", "2"), made.update().withTag("b", "2").apply().tags());
        assertTrue(azure.resourceGroups().contain("java-group"));
        assertEquals(1, azure.resourceGroups().listByTag("a", "1").stream().count());
        azure.resourceGroups().deleteByName("java-group");
        assertFalse(azure.resourceGroups().contain("java-group"));
    }

    @Test
    void creates_reads_lists_updates_and_deletes_an_account_and_a_container() {
        StorageAccount account = makeAccount("java-storage", "javaaccount");
        assertEquals(planted("storage") + "/javaaccount/", account.endPoints().primary().blob());
        assertFalse(account.isSharedKeyAccessAllowed());
        assertEquals(Map.of("a", "1"), account.update().withTag("a", "1").apply().tags());
        assertEquals(1, azure.storageAccounts().listByResourceGroup("java-storage").stream().count());
        BlobContainer container = azure.storageBlobContainers().defineContainer("invoices")
            .withExistingStorageAccount(account)
            .withPublicAccess(PublicAccess.NONE)
            .create();
        assertEquals("invoices", azure.storageBlobContainers().get("java-storage", "javaaccount", "invoices").name());
        azure.storageBlobContainers().delete("java-storage", "javaaccount", container.name());
        azure.storageAccounts().deleteById(account.id());
        assertRefused(404, "ResourceNotFound", () -> azure.storageAccounts().getById(account.id()));
        azure.resourceGroups().deleteByName("java-storage");
    }

    @Test
    void assigns_finds_and_removes_a_role_and_is_refused_one_beyond_the_condition() {
        StorageAccount account = makeAccount("java-roles", "javaroles");
        RoleAssignment made = assign(account, BuiltInRole.STORAGE_BLOB_DATA_CONTRIBUTOR);
        assertEquals(account.id(), made.scope());
        List<String> found = azure.accessManagement().roleAssignments()
            .listByServicePrincipal(planted("applications.withoutRole.objectId"))
            .stream()
            .map(RoleAssignment::id)
            .toList();
        assertEquals(List.of(made.id()), found);
        assertRefused(403, "AuthorizationFailed", () -> assign(account, BuiltInRole.STORAGE_BLOB_DATA_OWNER));
        azure.accessManagement().roleAssignments().deleteById(made.id());
        azure.resourceGroups().deleteByName("java-roles");
    }

    @Test
    void is_refused_what_its_role_has_not() {
        assertRefused(403, "AuthorizationFailed", () -> azure.providers().register("Microsoft.Storage"));
    }

    @Test
    void registers_providers_and_lists_locations_as_an_owner() {
        AzureResourceManager owner = World.resourceManager(World.owner());
        assertEquals("Registered", owner.providers().register("Microsoft.Storage").registrationState());
        assertTrue(owner.getCurrentSubscription().listLocations().stream().anyMatch(found -> location.equals(found.name())));
        assertTrue(owner.storageAccounts().checkNameAvailability("javaunused").isAvailable());
    }

    private StorageAccount makeAccount(String group, String name) {
        return azure.storageAccounts().define(name)
            .withRegion(location)
            .withNewResourceGroup(group)
            .withGeneralPurposeAccountKindV2()
            .withMinimumTlsVersion(MinimumTlsVersion.TLS1_2)
            .disableSharedKeyAccess()
            .disableBlobPublicAccess()
            .create();
    }

    private RoleAssignment assign(StorageAccount account, BuiltInRole role) {
        return azure.accessManagement().roleAssignments().define(UUID.randomUUID().toString())
            .forObjectId(planted("applications.withoutRole.objectId"))
            .withBuiltInRole(role)
            .withScope(account.id())
            .create();
    }

    private static void assertRefused(int status, String code, Executable call) {
        ManagementException refusal = assertThrows(ManagementException.class, call);
        assertEquals(status + " " + code, refusal.getResponse().getStatusCode() + " " + refusal.getValue().getCode());
    }
}

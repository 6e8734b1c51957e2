package clients;

import static clients.World.planted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.resourcemanager.AzureResourceManager;
import com.azure.resourcemanager.keyvault.models.Vault;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Secrets of a vault in the second tenant that Resource Manager's client makes. */
class AzureSecurityKeyvaultSecretsTest {
    private static final String SECRETS_OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
    private static String address;

    @BeforeAll
    static void makeVault() {
        AzureResourceManager azure = World.resourceManager(World.owner());
        Vault vault = azure.vaults().define("javasecrets")
            .withRegion(planted("resource.location"))
            .withNewResourceGroup("java-secrets")
            .withRoleBasedAccessControl()
            .create();
        azure.accessManagement().roleAssignments().define(UUID.randomUUID().toString())
            .forObjectId(planted("applications.trusted.objectId"))
            .withRoleDefinition("/subscriptions/" + planted("resource.subscriptionId")
                + "/providers/Microsoft.Authorization/roleDefinitions/" + SECRETS_OFFICER)
            .withScope(vault.id())
            .create();
        address = vault.vaultUri();
    }

    @Test
    void sets_reads_lists_and_deletes_a_secret() {
        SecretClient secrets = client(World.exchange("trusted"));
        secrets.setSecret("one", "s3cret");
        assertEquals("s3cret", secrets.getSecret("one").getValue());
        List<String> names = secrets.listPropertiesOfSecrets().stream().map(found -> found.getName()).toList();
        assertEquals(List.of("one"), names);
        secrets.beginDeleteSecret("one").waitForCompletion();
        assertEquals(404, refusal(secrets).getResponse().getStatusCode());
        assertTrue(refusal(secrets).getMessage().contains("SecretNotFound"));
    }

    @Test
    void is_refused_without_a_role() {
        HttpResponseException refusal = refusal(client(World.exchange("withoutRole")));
        assertEquals(403, refusal.getResponse().getStatusCode());
        assertTrue(refusal.getMessage().contains("ForbiddenByRbac"), refusal.getMessage());
    }

    @Test
    void is_refused_a_token_of_the_home_tenant() {
        HttpResponseException refusal = refusal(client(World.managedIdentity()));
        assertEquals(401, refusal.getResponse().getStatusCode());
        assertTrue(refusal.getMessage().contains("AKV10032"), refusal.getMessage());
    }

    /** The challenge names vault.azure.net, which no local address is under. */
    private static SecretClient client(TokenCredential credential) {
        return new SecretClientBuilder()
            .vaultUrl(address)
            .credential(credential)
            .disableChallengeResourceVerification()
            .buildClient();
    }

    private static HttpResponseException refusal(SecretClient secrets) {
        return assertThrows(HttpResponseException.class, () -> secrets.getSecret("one"));
    }
}

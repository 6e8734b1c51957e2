package clients;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.resourcemanager.AzureResourceManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is planted in the local Azure, and how to sign in to it. */
final class World {
    static final String EXCHANGE = "api://AzureADTokenExchange";
    static final String STORAGE = "https://storage.azure.com";
    static final String LOGIN = System.getenv("AZURE_AUTHORITY_HOST");

    private static final Map<?, ?> PLANTED = parse(System.getenv("CLIENTS_WORLD"));
    private static final Map<?, ?> CLOUD =
        getJson("https://" + System.getenv("ARM_METADATA_HOSTNAME") + "/metadata/endpoints?api-version=2022-09-01", null);

    private World() {}

    /** A value of what is planted, by its path: `resource.tenantId`. */
    static String planted(String path) {
        return read(PLANTED, path);
    }

    private static String read(Map<?, ?> from, String path) {
        Object found = from;
        for (String key : path.split("\\."))
            found = found instanceof List<?> list ? list.get(Integer.parseInt(key)) : ((Map<?, ?>) found).get(key);
        return (String) found;
    }

    static TokenCredential managedIdentity() {
        return new ManagedIdentityCredentialBuilder().clientId(planted("identity.clientId")).build();
    }

    /** Signs in to the resource tenant as an application, with the managed identity's token. */
    static TokenCredential exchange(String application) {
        return exchange(planted("resource.tenantId"), application, EXCHANGE);
    }

    /** Signs in to a tenant as an application, with a token that the managed identity gets for a resource. */
    static TokenCredential exchange(String tenant, String application, String resource) {
        String client = planted("applications." + application + ".clientId");
        return assertion(tenant, client, () -> token(managedIdentity(), resource));
    }

    /** Signs in by OIDC as the resource tenant's deployer. */
    static TokenCredential deployer() {
        return assertion(planted("resource.tenantId"), planted("resource.deployerClientId"), World::oidcToken);
    }

    /** Signs in by OIDC as an application with every right in the resource tenant's subscription. */
    static TokenCredential owner() {
        return assertion(planted("resource.tenantId"), planted("applications.owner.clientId"), World::oidcToken);
    }

    private static TokenCredential assertion(String tenant, String client, Supplier<String> assertion) {
        return new ClientAssertionCredentialBuilder()
            .tenantId(tenant)
            .clientId(client)
            .clientAssertion(assertion)
            .build();
    }

    /** What a GitHub Actions job with `id-token: write` gets. */
    static String oidcToken() {
        String address = System.getenv("ACTIONS_ID_TOKEN_REQUEST_URL") + "&audience=" + EXCHANGE;
        return (String) getJson(address, System.getenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN")).get("value");
    }

    static String token(TokenCredential credential, String resource) {
        return credential.getTokenSync(new TokenRequestContext().addScopes(resource + "/.default")).getToken();
    }

    /** The clients for Resource Manager, for the cloud as its metadata describes it. */
    static AzureResourceManager resourceManager(TokenCredential credential) {
        AzureEnvironment cloud = new AzureEnvironment(Map.of(
            "activeDirectoryEndpointUrl", read(CLOUD, "authentication.loginEndpoint") + "/",
            "managementEndpointUrl", read(CLOUD, "authentication.audiences.0"),
            "resourceManagerEndpointUrl", read(CLOUD, "resourceManager"),
            "microsoftGraphResourceId", read(CLOUD, "microsoftGraphResourceId") + "/",
            "storageEndpointSuffix", "." + read(CLOUD, "suffixes.storage"),
            "keyVaultDnsSuffix", "." + read(CLOUD, "suffixes.keyVaultDns")));
        AzureProfile profile =
            new AzureProfile(planted("resource.tenantId"), planted("resource.subscriptionId"), cloud);
        return AzureResourceManager.authenticate(credential, profile).withDefaultSubscription();
    }

    /** What a failure and its causes say. */
    static String words(Throwable failure) {
        String cause = failure.getCause() == null ? "" : "\n" + words(failure.getCause());
        return failure.getMessage() + cause;
    }

    private static Map<?, ?> getJson(String address, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (bearer != null) request.header("authorization", "Bearer " + bearer);
        try {
            return parse(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    private static Map<?, ?> parse(String json) {
        try (JsonReader reader = JsonProviders.createReader(json)) {
            return reader.readMap(JsonReader::readUntyped);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}

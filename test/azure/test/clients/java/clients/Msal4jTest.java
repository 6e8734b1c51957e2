package clients;

import static clients.World.EXCHANGE;
import static clients.World.LOGIN;
import static clients.World.planted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.TokenSource;
import java.net.MalformedURLException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same sign-in without azure-identity. */
class Msal4jTest {
    @Test
    void exchanges_the_managed_identity_into_the_second_tenant() throws Exception {
        ConfidentialClientApplication client = client(Msal4jTest::identityToken);
        assertEquals(TokenSource.IDENTITY_PROVIDER, signIn(client).metadata().tokenSource());
    }

    @Test
    void tells_the_refusal_apart_by_code_and_ids() throws Exception {
        ConfidentialClientApplication client = client(World::oidcToken);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> signIn(client));
        MsalServiceException refusal = (MsalServiceException) failed.getCause();
        assertEquals(401, refusal.statusCode());
        assertEquals("invalid_client", refusal.errorCode());
        assertTrue(refusal.getMessage().startsWith("AADSTS700211:"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(refusal.correlationId()), refusal.getMessage());
    }

    @Test
    void gets_a_managed_identity_token_in_the_app_service_environment() throws Exception {
        assertTrue(identityToken().length() > 100);
    }

    @Tag("virtual-machine")
    @Test
    void gets_a_managed_identity_token_from_instance_metadata() throws Exception {
        assertTrue(identityToken().length() > 100);
    }

    private static ConfidentialClientApplication client(Callable<String> assertion) throws MalformedURLException {
        return ConfidentialClientApplication
            .builder(planted("applications.trusted.clientId"), ClientCredentialFactory.createFromCallback(assertion))
            .authority(LOGIN + "/" + planted("resource.tenantId"))
            .instanceDiscovery(false)
            .build();
    }

    private static IAuthenticationResult signIn(ConfidentialClientApplication client) throws Exception {
        Set<String> scopes = Set.of("https://storage.azure.com/.default");
        return client.acquireToken(ClientCredentialParameters.builder(scopes).build()).get();
    }

    private static String identityToken() throws Exception {
        ManagedIdentityId id = ManagedIdentityId.userAssignedClientId(planted("identity.clientId"));
        return ManagedIdentityApplication.builder(id).build()
            .acquireTokenForManagedIdentity(ManagedIdentityParameters.builder(EXCHANGE).build())
            .get()
            .accessToken();
    }
}

package clients;

import static clients.World.EXCHANGE;
import static clients.World.STORAGE;
import static clients.World.planted;
import static clients.World.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Managed identity, the exchange into the second tenant, and its refusals by code. */
class AzureIdentityTest {
    @Test
    void gets_a_managed_identity_token_in_the_app_service_environment() throws ParseException {
        JWTClaimsSet got = claims(token(World.managedIdentity(), EXCHANGE));
        assertEquals(planted("identity.principalId"), got.getSubject());
        assertEquals("fb60f99c-7a34-4190-8149-302f77469936", got.getAudience().get(0));
    }

    @Test
    void gets_a_managed_identity_token_by_resource_id_in_the_app_service_environment() throws ParseException {
        assertEquals(planted("identity.principalId"), byResourceId());
    }

    @Tag("virtual-machine")
    @Test
    void gets_a_managed_identity_token_by_resource_id_from_instance_metadata() throws ParseException {
        assertEquals(planted("identity.principalId"), byResourceId());
    }

    @Tag("virtual-machine")
    @Test
    void gets_the_only_identity_of_a_virtual_machine_unnamed() throws ParseException {
        TokenCredential unnamed = new ManagedIdentityCredentialBuilder().build();
        assertEquals(planted("identity.principalId"), claims(token(unnamed, EXCHANGE)).getSubject());
    }

    @Tag("virtual-machine")
    @Test
    void gets_a_managed_identity_token_by_the_default_credential() throws ParseException {
        TokenCredential credential =
            new DefaultAzureCredentialBuilder().managedIdentityClientId(planted("identity.clientId")).build();
        assertEquals(planted("identity.principalId"), claims(token(credential, EXCHANGE)).getSubject());
    }

    @Test
    void is_refused_an_identity_that_the_site_has_not() {
        String stranger = planted("applications.trusted.clientId");
        TokenCredential credential = new ManagedIdentityCredentialBuilder().clientId(stranger).build();
        assertRefused("No User Assigned or Delegated", credential, EXCHANGE);
    }

    @Test
    void exchanges_the_managed_identity_into_the_second_tenant() throws ParseException {
        JWTClaimsSet got = claims(token(World.exchange("trusted"), STORAGE));
        assertEquals(planted("resource.tenantId"), got.getClaim("tid"));
        assertEquals(planted("applications.trusted.clientId"), got.getClaim("appid"));
        assertEquals(planted("applications.trusted.objectId"), got.getClaim("oid"));
    }

    @Test
    void exchanges_into_a_tenant_named_by_its_domain() throws ParseException {
        TokenCredential credential = World.exchange(planted("resource.domain"), "trusted", EXCHANGE);
        assertEquals(planted("resource.tenantId"), claims(token(credential, STORAGE)).getClaim("tid"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "wrong subject, wrongSubject, 700213",
        "wrong issuer, wrongIssuer, 700211",
        "wrong audience, wrongAudience, 7002121",
        "missing service principal, notAdmitted, 7000229",
    })
    void is_refused(String what, String application, String code) {
        assertRefused("AADSTS" + code + ":", World.exchange(application), STORAGE);
    }

    private static String byResourceId() throws ParseException {
        String id = planted("identity.resourceId");
        TokenCredential credential = new ManagedIdentityCredentialBuilder().resourceId(id).build();
        return claims(token(credential, EXCHANGE)).getSubject();
    }

    private static JWTClaimsSet claims(String token) throws ParseException {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    private static void assertRefused(String words, TokenCredential credential, String resource) {
        String refusal = World.words(assertThrows(RuntimeException.class, () -> token(credential, resource)));
        assertTrue(refusal.contains(words), refusal);
    }
}

package clients;

import static clients.World.EXCHANGE;
import static clients.World.LOGIN;
import static clients.World.STORAGE;
import static clients.World.planted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A library that knows nothing of Azure judges issued tokens by standard discovery. */
class Oauth2OidcSdkTest {
    private static final String EXCHANGE_ID = "fb60f99c-7a34-4190-8149-302f77469936";

    @Test
    void accepts_the_managed_identitys_token() throws Exception {
        String token = World.token(World.managedIdentity(), EXCHANGE);
        assertEquals(planted("identity.principalId"), judge(token, discovered("home"), EXCHANGE_ID).getSubject());
    }

    @Test
    void accepts_the_exchanged_token() throws Exception {
        JWTClaimsSet claims = judge(storageToken(), discoveredVersionOne("resource"), STORAGE);
        assertEquals(planted("resource.tenantId"), claims.getClaim("tid"));
    }

    @Test
    void refuses_it_for_another_audience() throws Exception {
        OIDCProviderMetadata issuer = discoveredVersionOne("resource");
        String token = storageToken();
        Exception refusal = assertThrows(BadJWTException.class, () -> judge(token, issuer, "https://vault.azure.net"));
        assertEquals("JWT aud claim rejected", refusal.getMessage());
    }

    @Test
    void refuses_it_at_another_tenant() throws Exception {
        OIDCProviderMetadata issuer = discoveredVersionOne("home");
        String token = storageToken();
        Exception refusal = assertThrows(Exception.class, () -> judge(token, issuer, STORAGE));
        assertTrue(refusal.getMessage().contains("no matching key"), refusal.getMessage());
    }

    private static String storageToken() {
        return World.token(World.exchange("trusted"), STORAGE);
    }

    private static OIDCProviderMetadata discovered(String tenant) throws Exception {
        return OIDCProviderMetadata.resolve(new Issuer(LOGIN + "/" + planted(tenant + ".tenantId") + "/v2.0"));
    }

    /** The issuer of v1.0 tokens is not under the address of its document, in every cloud. */
    private static OIDCProviderMetadata discoveredVersionOne(String tenant) throws Exception {
        URI document = URI.create(LOGIN + "/" + planted(tenant + ".tenantId") + "/.well-known/openid-configuration");
        String found = new HTTPRequest(HTTPRequest.Method.GET, document).send().getBody();
        return OIDCProviderMetadata.parse(found);
    }

    private static JWTClaimsSet judge(String token, OIDCProviderMetadata issuer, String audience) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
            JWSAlgorithm.RS256, JWKSourceBuilder.create(issuer.getJWKSetURI().toURL()).build()));
        JWTClaimsSet expected = new JWTClaimsSet.Builder().issuer(issuer.getIssuer().getValue()).build();
        processor.setJWTClaimsSetVerifier(
            new DefaultJWTClaimsVerifier<>(audience, expected, Set.of("exp", "nbf", "iat", "sub")));
        return processor.process(token, null);
    }
}

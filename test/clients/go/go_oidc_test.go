package clients

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/coreos/go-oidc/v3/oidc"
)

const exchangeAudience = "fb60f99c-7a34-4190-8149-302f77469936"

// go-oidc, a library that knows nothing of Azure, judges issued tokens by standard discovery.
func TestGoOidc(t *testing.T) {
	login := os.Getenv("AZURE_AUTHORITY_HOST")
	v2 := func(t *testing.T, audience string) *oidc.IDTokenVerifier {
		provider := must(oidc.NewProvider(t.Context(), login+"/"+world.Home.TenantID+"/v2.0"))(t)
		return provider.Verifier(&oidc.Config{ClientID: audience})
	}
	// The issuer of v1.0 tokens is an address of its own, in every cloud.
	v1 := func(t *testing.T, of tenant) *oidc.IDTokenVerifier {
		issuer := "https://sts.windows.net/" + of.TenantID + "/"
		ctx := oidc.InsecureIssuerURLContext(t.Context(), issuer)
		provider := must(oidc.NewProvider(ctx, login+"/"+of.TenantID))(t)
		return provider.Verifier(&oidc.Config{ClientID: "https://storage.azure.com"})
	}
	identityToken := func(t *testing.T) string {
		return getToken(t, managedIdentity(t, azidentity.ClientID(world.Identity.ClientID)), exchangeScope)
	}
	t.Run("accepts the exchanged token", func(t *testing.T) {
		must(v1(t, world.Resource).Verify(t.Context(), getToken(t, trusted(t), storageScope)))(t)
	})
	t.Run("accepts the managed identity's token", func(t *testing.T) {
		got := must(v2(t, exchangeAudience).Verify(t.Context(), identityToken(t)))(t)
		equal(t, got.Subject, world.Identity.PrincipalID)
	})
	t.Run("refuses it for another audience", func(t *testing.T) {
		_, err := v2(t, "https://storage.azure.com").Verify(t.Context(), identityToken(t))
		refusedBy(t, err, "expected audience")
	})
	t.Run("refuses it at another tenant", func(t *testing.T) {
		_, err := v1(t, world.Home).Verify(t.Context(), getToken(t, trusted(t), storageScope))
		refusedBy(t, err, "failed to verify signature")
	})
	t.Run("refuses it with a tampered claim", func(t *testing.T) {
		token := identityToken(t)
		changed := claims(t, token)
		changed["oid"] = "somebody-else"
		parts := strings.Split(token, ".")
		parts[1] = base64.RawURLEncoding.EncodeToString(must(json.Marshal(changed))(t))
		_, err := v2(t, exchangeAudience).Verify(t.Context(), strings.Join(parts, "."))
		refusedBy(t, err, "failed to verify signature")
	})
}

func refusedBy(t *testing.T, err error, text string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Fatalf("got %v, want %s", err, text)
	}
}

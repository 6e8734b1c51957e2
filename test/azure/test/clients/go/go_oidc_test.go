package clients

import (
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
)

// go-oidc, a library that knows nothing of Azure, judges every kind of token.
func TestGoOidc(t *testing.T) {
	says := refusals{"failed to verify signature", "expected audience", "failed to verify signature"}
	judgeEveryToken(t, says, func(t *testing.T, issued issuedToken) error {
		// The issuer of v1.0 tokens is an address of its own, in every cloud.
		ctx := oidc.InsecureIssuerURLContext(t.Context(), discover(t, issued).Issuer)
		provider := must(oidc.NewProvider(ctx, issued.discovery))(t)
		config := oidc.Config{ClientID: issued.audience, SkipClientIDCheck: issued.audience == ""}
		_, err := provider.Verifier(&config).Verify(t.Context(), issued.token)
		return err
	})
	t.Run("accepts the exchanged token", func(t *testing.T) {
		issuer := "https://sts.windows.net/" + world.Resource.TenantID + "/"
		ctx := oidc.InsecureIssuerURLContext(t.Context(), issuer)
		provider := must(oidc.NewProvider(ctx, folder(world.Resource.TenantID, "")))(t)
		verifier := provider.Verifier(&oidc.Config{ClientID: "https://storage.azure.com"})
		must(verifier.Verify(t.Context(), getToken(t, trusted(t), storageScope)))(t)
	})
}

package clients

import (
	"testing"

	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// jwx, which knows nothing of Azure, judges every kind of token.
func TestJwx(t *testing.T) {
	says := refusals{"could not verify message", `"aud" not satisfied`, "could not verify message"}
	judgeEveryToken(t, says, func(t *testing.T, issued issuedToken) error {
		configuration := discover(t, issued)
		keys := must(jwk.Fetch(t.Context(), configuration.JwksURI))(t)
		options := []jwt.ParseOption{
			// Entra's keys do not name their algorithm.
			jwt.WithKeySet(keys, jws.WithInferAlgorithmFromKey(true)),
			jwt.WithIssuer(configuration.Issuer),
			jwt.WithRequiredClaim("exp"),
		}
		if issued.audience != "" {
			options = append(options, jwt.WithAudience(issued.audience))
		}
		_, err := jwt.ParseString(issued.token, options...)
		return err
	})
}

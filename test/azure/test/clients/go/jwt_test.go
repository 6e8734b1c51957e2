package clients

import (
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// golang-jwt, which knows nothing of Azure, judges every kind of token with the certificate that its key is published with.
func TestJwt(t *testing.T) {
	says := refusals{"no key", "invalid audience", "signature is invalid"}
	judgeEveryToken(t, says, func(t *testing.T, issued issuedToken) error {
		configuration := discover(t, issued)
		options := []jwt.ParserOption{
			jwt.WithValidMethods(configuration.IDTokenSigningAlgValuesSupported),
			jwt.WithIssuer(configuration.Issuer),
			jwt.WithExpirationRequired(),
			jwt.WithIssuedAt(),
			jwt.WithStrictDecoding(),
		}
		if issued.audience != "" {
			options = append(options, jwt.WithAudience(issued.audience))
		}
		_, err := jwt.Parse(issued.token, certified(t, configuration.JwksURI), options...)
		return err
	})
}

// certified finds a token's key by its id, and takes it from the key's certificate.
func certified(t *testing.T, address string) jwt.Keyfunc {
	var published struct {
		Keys []struct {
			Kid string
			X5c []string
		}
	}
	getJSON(t, address, "", &published)
	return func(token *jwt.Token) (any, error) {
		for _, key := range published.Keys {
			if key.Kid == token.Header["kid"] {
				der := must(base64.StdEncoding.DecodeString(key.X5c[0]))(t)
				return must(x509.ParseCertificate(der))(t).PublicKey, nil
			}
		}
		return nil, fmt.Errorf("no key %v", token.Header["kid"])
	}
}

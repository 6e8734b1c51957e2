package clients

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

const exchangeAudience = "fb60f99c-7a34-4190-8149-302f77469936"

// issuedToken is one that the local Azure issued, and what a relying party knows of it.
type issuedToken struct {
	name, token string
	// The discovery document that it is judged by, and the audience that is expected; empty for any.
	discovery, audience string
}

// judge validates a token by a discovery document, as a library that knows nothing of Azure does it.
type judge func(t *testing.T, issued issuedToken) error

// resources are all that there are tokens for: what is asked for, the discovery folder of the tokens' version, their audience.
var resources = [][3]string{
	{"https://graph.microsoft.com", "", "https://graph.microsoft.com"},
	{"https://management.azure.com", "", "https://management.azure.com"},
	{"https://storage.azure.com", "", "https://storage.azure.com"},
	{"https://vault.azure.net", "", "https://vault.azure.net"},
	{"api://ledger-1", "", "api://ledger-1"},
	{"api://ledger-2", "/v2.0", ""},
	{"api://AzureADTokenExchange", "/v2.0", exchangeAudience},
}

// refusals are what a library says of a token at another tenant, for another audience, and with a claim that was changed.
type refusals struct{ tenant, audience, claim string }

// judgeEveryToken lets a library accept every kind of token, and refuse one when one fact is altered.
func judgeEveryToken(t *testing.T, says refusals, valid judge) {
	for _, resource := range resources {
		scope := resource[0]
		t.Run("accepts tokens for "+strings.NewReplacer("https://", "", "api://", "").Replace(scope), func(t *testing.T) {
			for _, issued := range tokensFor(t, resource) {
				if err := valid(t, issued); err != nil {
					t.Fatalf("%s: %v", issued.name, err)
				}
			}
		})
	}
	t.Run("accepts the workflow's token", func(t *testing.T) {
		issuer, _, _ := strings.Cut(os.Getenv("ACTIONS_ID_TOKEN_REQUEST_URL"), "/idtoken")
		check(t, valid(t, issuedToken{"workflow", oidcToken(t, "api://any"), issuer, "api://any"}))
	})
	replaced := issuedToken{"replaced key", world.TokenOfReplacedKey, folder(world.Resource.TenantID, ""), "https://storage.azure.com"}
	t.Run("accepts the token of a replaced key", func(t *testing.T) {
		check(t, valid(t, replaced))
	})
	refuses := func(name, text string, alter func(*issuedToken)) {
		t.Run("refuses it "+name, func(t *testing.T) {
			altered := replaced
			alter(&altered)
			if err := valid(t, altered); err == nil || !strings.Contains(err.Error(), text) {
				t.Fatalf("got %v, want %s", err, text)
			}
		})
	}
	refuses("at another tenant", says.tenant, func(issued *issuedToken) { issued.discovery = folder(world.Home.TenantID, "") })
	refuses("for another audience", says.audience, func(issued *issuedToken) { issued.audience = "https://vault.azure.net" })
	refuses("with a tampered claim", says.claim, func(issued *issuedToken) { issued.token = tampered(t, issued.token) })
}

// tokensFor are the deployers' of both tenants, which they name by id and by domain, and the managed identity's.
func tokensFor(t *testing.T, resource [3]string) []issuedToken {
	scope, version, audience := resource[0]+"/.default", resource[1], resource[2]
	identity := managedIdentity(t, azidentity.ClientID(world.Identity.ClientID))
	all := []issuedToken{{"managed identity", getToken(t, identity, scope), folder(world.Home.TenantID, version), audience}}
	for _, of := range []tenant{world.Home, world.Resource} {
		for _, name := range []string{of.TenantID, of.Domain} {
			of.TenantID = name
			all = append(all, issuedToken{"deployer of " + name, getToken(t, deployer(t, of), scope), folder(name, version), audience})
		}
	}
	return all
}

// folder is where a tenant's discovery document of a version is.
func folder(tenant, version string) string {
	return os.Getenv("AZURE_AUTHORITY_HOST") + "/" + tenant + version
}

// configuration is what standard discovery tells.
type configuration struct {
	Issuer                           string
	JwksURI                          string   `json:"jwks_uri"`
	IDTokenSigningAlgValuesSupported []string `json:"id_token_signing_alg_values_supported"`
}

func discover(t *testing.T, issued issuedToken) configuration {
	var read configuration
	getJSON(t, issued.discovery+"/.well-known/openid-configuration", "", &read)
	return read
}

// tampered is a token of which one claim was changed after it was signed.
func tampered(t *testing.T, token string) string {
	changed := claims(t, token)
	changed["oid"] = "somebody-else"
	parts := strings.Split(token, ".")
	parts[1] = base64.RawURLEncoding.EncodeToString(must(json.Marshal(changed))(t))
	return strings.Join(parts, ".")
}

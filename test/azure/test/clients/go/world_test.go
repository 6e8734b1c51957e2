// Package clients drives Microsoft's clients for Go against the local Azure.
package clients

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

const (
	exchangeScope = "api://AzureADTokenExchange/.default"
	storageScope  = "https://storage.azure.com/.default"
)

type tenant struct{ TenantID, Domain, SubscriptionID, Location, DeployerClientID string }

type application struct{ ClientID, ObjectID string }

// world holds the ids of what is planted in the local Azure.
var world struct {
	Home, Resource tenant
	Identity       struct{ ResourceID, ClientID, PrincipalID string }
	Site           map[string]string
	Storage        string
	// Issued before the keys were replaced.
	TokenOfReplacedKey string
	Container          struct{ Account, Name string }
	Applications       map[string]application
}

func TestMain(m *testing.M) {
	if err := json.Unmarshal([]byte(os.Getenv("CLIENTS_WORLD")), &world); err != nil {
		panic("CLIENTS_WORLD: " + err.Error())
	}
	m.Run()
}

// managementOptions is what a management client takes of a custom cloud, from its metadata host.
func managementOptions(t *testing.T) *arm.ClientOptions {
	var metadata struct {
		ResourceManager string
		Authentication  struct {
			LoginEndpoint string
			Audiences     []string
		}
	}
	getJSON(t, "https://"+os.Getenv("ARM_METADATA_HOSTNAME")+"/metadata/endpoints?api-version=2022-09-01", "", &metadata)
	return &arm.ClientOptions{ClientOptions: policy.ClientOptions{Cloud: cloud.Configuration{
		ActiveDirectoryAuthorityHost: metadata.Authentication.LoginEndpoint,
		Services: map[cloud.ServiceName]cloud.ServiceConfiguration{cloud.ResourceManager: {
			Endpoint: metadata.ResourceManager,
			Audience: metadata.Authentication.Audiences[0],
		}},
	}}}
}

// managedIdentity makes this process the site, by IDENTITY_ENDPOINT and IDENTITY_HEADER.
func managedIdentity(t *testing.T, id azidentity.ManagedIDKind) azcore.TokenCredential {
	for name, value := range world.Site {
		t.Setenv(name, value)
	}
	return must(azidentity.NewManagedIdentityCredential(&azidentity.ManagedIdentityCredentialOptions{ID: id}))(t)
}

// exchange signs in to a tenant as an application, with a token that the managed identity gets for a scope.
func exchange(t *testing.T, tenantID, application, scope string) azcore.TokenCredential {
	identity := managedIdentity(t, azidentity.ClientID(world.Identity.ClientID))
	return assertionCredential(t, tenantID, world.Applications[application].ClientID, func(ctx context.Context) (string, error) {
		token, err := identity.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{scope}})
		return token.Token, err
	})
}

// trusted signs in to the resource tenant as the application that may use the container.
func trusted(t *testing.T) azcore.TokenCredential {
	return exchange(t, world.Resource.TenantID, "trusted", exchangeScope)
}

// deployer signs in by OIDC as the deployer of a tenant.
func deployer(t *testing.T, of tenant) azcore.TokenCredential {
	return assertionCredential(t, of.TenantID, of.DeployerClientID, func(context.Context) (string, error) {
		return oidcToken(t, "api://AzureADTokenExchange"), nil
	})
}

// owner signs in by OIDC as an application with every right in the resource tenant's subscription.
func owner(t *testing.T) azcore.TokenCredential {
	return assertionCredential(t, world.Resource.TenantID, world.Applications["owner"].ClientID, func(context.Context) (string, error) {
		return oidcToken(t, "api://AzureADTokenExchange"), nil
	})
}

func assertionCredential(t *testing.T, tenantID, clientID string, assertion func(context.Context) (string, error)) azcore.TokenCredential {
	options := azidentity.ClientAssertionCredentialOptions{DisableInstanceDiscovery: true}
	return must(azidentity.NewClientAssertionCredential(tenantID, clientID, assertion, &options))(t)
}

// oidcToken is what a GitHub Actions job with `id-token: write` gets.
func oidcToken(t *testing.T, audience string) string {
	var answer struct{ Value string }
	address := os.Getenv("ACTIONS_ID_TOKEN_REQUEST_URL") + "&audience=" + url.QueryEscape(audience)
	getJSON(t, address, os.Getenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN"), &answer)
	return answer.Value
}

func getJSON(t *testing.T, address, bearer string, into any) {
	t.Helper()
	request := must(http.NewRequest(http.MethodGet, address, nil))(t)
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	response := must(http.DefaultClient.Do(request))(t)
	defer response.Body.Close()
	check(t, json.NewDecoder(response.Body).Decode(into))
}

func getToken(t *testing.T, credential azcore.TokenCredential, scope string) string {
	t.Helper()
	return must(credential.GetToken(t.Context(), policy.TokenRequestOptions{Scopes: []string{scope}}))(t).Token
}

// refusedToken asks for a storage token and wants the refusal to hold a text.
func refusedToken(t *testing.T, credential azcore.TokenCredential, text string) {
	t.Helper()
	_, err := credential.GetToken(t.Context(), policy.TokenRequestOptions{Scopes: []string{storageScope}})
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Fatalf("got %v, want %s", err, text)
	}
}

// claims reads a token without judging it.
func claims(t *testing.T, token string) map[string]any {
	t.Helper()
	var read map[string]any
	payload := must(base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1]))(t)
	check(t, json.Unmarshal(payload, &read))
	return read
}

func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		check(t, err)
		return value
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if got != want {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func contains(t *testing.T, got []string, want string) {
	t.Helper()
	if !slices.Contains(got, want) {
		t.Fatalf("got %v, want %s among them", got, want)
	}
}

// refused wants an error of an Azure service with this status and code.
func refused(t *testing.T, err error, status int, code string) {
	t.Helper()
	var response *azcore.ResponseError
	if !errors.As(err, &response) || response.StatusCode != status || response.ErrorCode != code {
		t.Fatalf("got %v, want %d %s", err, status, code)
	}
}

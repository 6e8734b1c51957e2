import type { Azure } from "../azure.ts";
import { v2Issuer } from "./issuers.ts";

/** A tenant's OpenID configuration, with the fields Entra's has (panva/wellknown, `entra-common`). */
export function openidConfiguration(azure: Azure, tenantId: string) {
  const { login, graph } = azure.endpoints;
  const base = `${login}/${tenantId}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    // Entra lists client secrets here too; the local Azure accepts none.
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: v2Issuer(azure, tenantId),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${graph}/oidc/userinfo`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "ver", "appid", "azp", "oid", "tid"],
    kerberos_endpoint: `${base}/kerberos`,
    tenant_region_scope: null,
    cloud_instance_name: new URL(login).host,
    cloud_graph_host_name: new URL(graph).host,
    msgraph_host: new URL(graph).host,
    rbac_url: "https://pas.windows.net",
  };
}

/** A tenant's public signing keys. */
export function jwks(azure: Azure, tenantId: string) {
  const key = azure.keys.get(tenantId);
  return { keys: key === undefined ? [] : [{ ...key.jwk, issuer: v2Issuer(azure, tenantId) }] };
}

/** Tells MSAL that this login endpoint is a cloud of its own (MSAL, instance discovery). */
export function instanceDiscovery(azure: Azure) {
  const { host } = new URL(azure.endpoints.login);
  return {
    tenant_discovery_endpoint: `${azure.endpoints.login}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

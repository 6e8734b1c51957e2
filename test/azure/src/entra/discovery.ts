import type { Azure } from "../service/azure.ts";
import { v1Issuer, v2Issuer } from "../world/names/issuers.ts";
import { isSharedTenantName, requireTenant } from "./rules/tenant.ts";

/** What a discovery document is about: one tenant, or every tenant, whose issuers then hold the placeholder `{tenantid}`. */
interface Subject {
  readonly segment: string;
  readonly tenantId: string;
}

function requireSubject(azure: Azure, name: string): Subject {
  if (isSharedTenantName(name)) return { segment: name.toLowerCase(), tenantId: "{tenantid}" };
  const tenantId = requireTenant(azure, name);
  return { segment: tenantId, tenantId };
}

/** The v2.0 OpenID configuration of the tenant named in the path, with the fields Entra's has (panva/wellknown, `entra-common`). */
export function openidConfiguration(azure: Azure, name: string) {
  const { login, graph } = azure.endpoints;
  const { segment, tenantId } = requireSubject(azure, name);
  const base = `${login}/${segment}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: v2Issuer(azure, tenantId),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${graph}/oidc/userinfo`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    ...cloudFields(azure, base),
  };
}

/** The v1.0 OpenID configuration, by which the tokens of `https://sts.windows.net/<tenant>/` are validated (access-tokens). */
export function openidConfigurationV1(azure: Azure, name: string) {
  const { segment, tenantId } = requireSubject(azure, name);
  const base = `${azure.endpoints.login}/${segment}`;
  return {
    token_endpoint: `${base}/oauth2/token`,
    // Entra names /common here, where it has one set of keys for all tenants; the local tenants have keys of their own.
    jwks_uri: `${base}/discovery/keys`,
    response_types_supported: ["code", "id_token", "code id_token", "token id_token", "token"],
    scopes_supported: ["openid"],
    issuer: v1Issuer(tenantId),
    microsoft_multi_refresh_token: true,
    userinfo_endpoint: `${base}/openid/userinfo`,
    authorization_endpoint: `${base}/oauth2/authorize`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    end_session_endpoint: `${base}/oauth2/logout`,
    check_session_iframe: `${base}/oauth2/checksession`,
    ...cloudFields(azure, base),
  };
}

function cloudFields({ endpoints: { login, graph } }: Azure, base: string) {
  return {
    // Entra lists client secrets here too; the local Azure accepts none.
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "ver", "appid", "azp", "oid", "tid"],
    kerberos_endpoint: `${base}/kerberos`,
    // Where the tenant is; that it is the world for all of them is a choice.
    tenant_region_scope: "WW",
    cloud_instance_name: new URL(login).host,
    cloud_graph_host_name: new URL(graph).host,
    msgraph_host: new URL(graph).host,
    rbac_url: "https://pas.windows.net",
  };
}

/**
 * The public signing keys of the tenant named in the path, or of all. Each names the issuer that it signs for, which
 * validators check (access-tokens, "Validate the signing key issuer").
 */
export function jwks(azure: Azure, name: string) {
  const shared = isSharedTenantName(name);
  const tenantIds = shared ? [...azure.state.tenants.keys()] : [requireTenant(azure, name)];
  return {
    keys: tenantIds.flatMap((tenantId) =>
      azure.keys
        .published(tenantId, azure.clock.now())
        .map(({ jwk }) => ({ ...jwk, issuer: v2Issuer(azure, tenantId) })),
    ),
  };
}

/** Tells MSAL that this login endpoint is a cloud of its own, and where the asked tenant's configuration is. */
export function instanceDiscovery(azure: Azure, tenant: string) {
  const { host } = new URL(azure.endpoints.login);
  return {
    tenant_discovery_endpoint: `${azure.endpoints.login}/${tenant}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

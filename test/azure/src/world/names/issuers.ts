import type { World } from "../world.ts";

/** Issuer of a tenant's v2.0 tokens, as its discovery document names it. */
export function v2Issuer(azure: World, tenantId: string): string {
  return `${azure.endpoints.login}/${tenantId}/v2.0`;
}

/** Issuer of a tenant's v1.0 tokens, the same in every cloud but China (reference: access token claims, `iss`). */
export function v1Issuer(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}

/** The local tenant that an issuer belongs to; undefined for any other issuer. */
export function tenantOfIssuer(azure: World, issuer: unknown): string | undefined {
  return [...azure.state.tenants.keys()].find(
    (tenantId) => issuer === v2Issuer(azure, tenantId) || issuer === v1Issuer(tenantId),
  );
}

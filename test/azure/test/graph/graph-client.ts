import { issueApplicationToken } from "../../src/entra/issue-token.ts";
import { createGraph } from "../../src/graph/graph.ts";
import { defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import type { TwoTenants } from "../tenants/two-tenants.ts";

/** An answer of Graph, read. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** What tests look into is checked by their expectations. */
  readonly body: Record<string, unknown>;
}

/** Calls Graph in-process as some service principal. Paths start after the version, or are absolute links. */
export type GraphClient = (
  method: string,
  path: string,
  body?: object,
  headers?: Record<string, string>,
) => Promise<GraphAnswer>;

/** A Graph client for the deployer of the home tenant (0) or the resource tenant (1), with the seed's permissions. */
export function deployerClient(world: TwoTenants, tenant: 0 | 1): GraphClient {
  return graphClient(world, deployer(world, tenant));
}

/** A Graph client for a tenant's deployer that was granted these permissions and no others. */
export function clientWith(world: TwoTenants, tenant: 0 | 1, ...granted: string[]): GraphClient {
  const principal = { ...deployer(world, tenant), graphPermissions: granted };
  world.azure.state.servicePrincipals.set(principal.objectId, principal);
  return graphClient(world, principal);
}

/** A Graph client for any service principal. */
export function graphClient(world: TwoTenants, principal: ServicePrincipal): GraphClient {
  const graph = createGraph(world.azure);
  return async (method, path, body, headers = {}) => {
    const authorization = await authorizationOf(world, principal);
    const response = await graph.request(path.startsWith("/") ? `/v1.0${path}` : path, {
      method,
      headers: { authorization, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const read = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body: read };
  };
}

/** An Authorization header with a service principal's token for Graph. */
export async function authorizationOf(
  { azure }: TwoTenants,
  principal: ServicePrincipal,
): Promise<string> {
  const resource = { name: "graph", audience: "https://graph.localhost" } as const;
  const { token } = await issueApplicationToken(azure, principal, resource);
  return `Bearer ${token}`;
}

/** A tenant's deployer. */
export function deployer({ azure }: TwoTenants, tenant: 0 | 1): ServicePrincipal {
  const id = defaultSeed.tenants[tenant]?.deployer.objectId ?? "";
  const principal = azure.state.servicePrincipals.get(id);
  if (principal === undefined) throw new Error(`no deployer in tenant ${tenant}`);
  return principal;
}

/** Status, code and message of a refusal. */
export async function refusal(answer: Promise<GraphAnswer>) {
  const { status, body } = await answer;
  const { code, message } = body["error"] as { code: string; message: string };
  return { status, code, message };
}

/** The entities of a collection's answer. */
export async function valuesOf(answer: Promise<GraphAnswer>): Promise<Record<string, unknown>[]> {
  return (await answer).body["value"] as Record<string, unknown>[];
}

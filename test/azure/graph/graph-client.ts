import type { Hono } from "hono";
import { issueApplicationToken } from "../entra/issue-token.ts";
import type { ServicePrincipal } from "../state.ts";
import { seed, type TwoTenants } from "../two-tenants.ts";
import { createGraph, type GraphEnv } from "./graph.ts";

/** An answer of Graph, read. */
export interface GraphAnswer {
  readonly status: number;
  /** What tests look into is checked by their expectations. */
  readonly body: Record<string, unknown>;
}

/** Calls Graph in-process as some service principal. */
export type GraphClient = (method: string, path: string, body?: object) => Promise<GraphAnswer>;

/** A Graph client for the deployer of the home tenant (0) or the resource tenant (1). */
export function deployerClient(world: TwoTenants, tenant: 0 | 1): GraphClient {
  const id = seed.tenants[tenant]?.deployer.objectId ?? "";
  const principal = world.azure.state.servicePrincipals.get(id);
  if (principal === undefined) throw new Error(`no deployer in tenant ${tenant}`);
  return graphClient(world, principal);
}

/** A Graph client for any service principal. Paths start after the version. */
export function graphClient(world: TwoTenants, principal: ServicePrincipal): GraphClient {
  const graph: Hono<GraphEnv> = createGraph(world.azure);
  return async (method, path, body) => {
    const resource = { name: "graph", audience: "https://graph.localhost" } as const;
    const { token } = await issueApplicationToken(world.azure, principal, resource);
    const response = await graph.request(`/v1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const read = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, body: read };
  };
}

/** Status, code and message of a refusal. */
export async function refusal(answer: Promise<GraphAnswer>) {
  const { status, body } = await answer;
  const { code, message } = body["error"] as { code: string; message: string };
  return { status, code, message };
}

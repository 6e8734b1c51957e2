import { inspect } from "node:util";
import { createGraph } from "../../src/graph/graph.ts";
import type { BearerRefusal } from "../../src/world/tokens/bearer.ts";
import { goodToken } from "../bad-tokens/good-token.ts";
import { type GuardedService, refusesBadTokens } from "../bad-tokens/refuse-bad-tokens.ts";
import { twoTenants } from "../tenants/two-tenants.ts";
import { authorizationOf, deployer } from "./graph-client.ts";

const messages: Record<BearerRefusal, string> = {
  missing: "Access token is empty.",
  scheme: "Access token is empty.",
  "no-token": "Access token is empty.",
  malformed: "IDX14100: JWT is not well formed, there are no dots (.).",
  signature: "Access token validation failure. Invalid signature.",
  issuer: "Access token validation failure. Invalid issuer.",
  audience: "Access token validation failure. Invalid audience.",
  early: "Access token has expired or is not yet valid.",
  expired: "Lifetime validation failed, the token is expired.",
  principal: "Access token validation failure.",
};

refusesBadTokens("Microsoft Graph, InvalidAuthenticationToken (graph/errors)", startGraph);

async function startGraph(): Promise<GuardedService> {
  const world = await twoTenants();
  const logged: string[] = [];
  const azure = { ...world.azure, log: (...event: unknown[]) => void logged.push(inspect(event)) };
  const graph = createGraph(azure);
  const request = (method: string, path: string, accepted: number, body?: object) => ({
    accepted,
    send: (authorization: string | undefined) =>
      graph.request(path, {
        method,
        headers: {
          "content-type": "application/json",
          ...(authorization !== undefined && { authorization }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
  });
  const principal = `/v1.0/servicePrincipals/${world.principal.objectId}`;
  const disable = { accountEnabled: false };
  const headers = { "Content-Type": "application/json" };
  const step = { id: "1", method: "PATCH", url: principal, headers, body: disable };
  const authorization = await authorizationOf(world, deployer(world, 1));
  return {
    good: goodToken(azure, authorization.slice("Bearer ".length)),
    requests: {
      list: request("GET", "/v1.0/servicePrincipals", 200),
      "list of beta": request("GET", "/beta/applications", 200),
      create: request("POST", "/v1.0/applications", 201, { displayName: "planted" }),
      update: request("PATCH", principal, 204, disable),
      batch: request("POST", "/v1.0/$batch", 200, { requests: [step] }),
      delete: request("DELETE", "/v1.0/servicePrincipals/none", 404),
      "what is not emulated": request("GET", "/v1.0/users", 501),
    },
    read: async (response) => {
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      const challenge = response.headers.get("www-authenticate");
      return { status: response.status, code: error.code, message: error.message, challenge };
    },
    refusal: ({ reason }) => ({
      status: 401,
      code: "InvalidAuthenticationToken",
      message: messages[reason],
      challenge:
        'Bearer realm="", authorization_uri="https://login.localhost/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
    }),
    state: () => azure.state,
    logged,
  };
}

import { expect } from "vitest";
import { createScmFront } from "../../src/app-service/scm-front.ts";
import { ScmSite } from "../../src/app-service/scm-site.ts";
import type { BearerRefusal } from "../../src/world/tokens/bearer.ts";
import { goodToken } from "../bad-tokens/good-token.ts";
import { refusesBadTokens } from "../bad-tokens/refuse-bad-tokens.ts";
import { createBareTenants } from "../tenants/bare-tenants.ts";

// The texts are the local Azure's own: what Kudu says is not public.
const texts: Record<BearerRefusal, unknown> = {
  missing: "the request has no Authorization header",
  scheme: "the Authorization header is not a bearer token",
  "no-token": "the Authorization header has no token",
  malformed: "the bearer token is not a signed JWT",
  signature: expect.stringMatching(
    /^the token's (?:signing key is not the issuer's|signature is invalid)$/,
  ),
  issuer: expect.stringMatching(
    /^the token's issuer is no tenant of this cloud$|^the token is no version 1\.0 token$/,
  ),
  audience: "the token is for another audience",
  early: "the token is not yet valid",
  expired: expect.stringMatching(/^the token (?:is expired|has no lifetime)$/),
  principal: "the token names no application or no object",
};

refusesBadTokens("App Service, a site's SCM site (kudu/wiki/REST-API)", async () => {
  const tenants = await createBareTenants();
  const { azure, home, logged } = tenants;
  const id = `/subscriptions/${home.subscriptionId}/resourceGroups/rg/providers/Microsoft.Web/sites/site`;
  const site = { ...home, id, name: "site", type: "Microsoft.Web/sites", properties: {} };
  const published: Uint8Array[] = [];
  const fetch = (zip: Uint8Array) => {
    published.push(zip);
    return Promise.reject(new Error("not unpacked"));
  };
  const scm = new ScmSite(azure, "site", fetch, { restart: 0, fetch: 0 });
  const app = createScmFront(azure, site, scm, "/none");
  const publisher = tenants.principal(home);
  tenants.grant(publisher, "Owner", id);
  const bearer = await tenants.bearer(publisher, "resource-manager");
  const request = (method: string, path: string, accepted: number, body?: string) => ({
    accepted,
    send: async (authorization: string | undefined) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const init = { method, headers, ...(body && { body }) };
      const answer = await app.request(path, init, {
        incoming: { socket: { remoteAddress: "127.0.0.1" } },
      });
      // A deployment runs after its answer.
      while (scm.isDeploying) await new Promise(setImmediate);
      return answer;
    },
  });
  return {
    good: goodToken(azure, bearer.slice("Bearer ".length)),
    requests: {
      deployments: request("GET", "/api/deployments", 200),
      "one deployment": request("GET", "/api/deployments/none", 404),
      package: request("GET", "/api/vfs/data/SitePackages/none", 404),
      "a file": request("GET", "/api/vfs/site/wwwroot/none", 404),
      "a log": request("GET", "/api/vfs/LogFiles/none", 404),
      logs: request("GET", "/api/logs/docker", 200),
      publish: request("POST", "/api/publish?type=zip&async=true", 202, "PK"),
      "what is not emulated": request("GET", "/api/settings", 501),
    },
    read: async (response) => {
      const challenge = response.headers.get("www-authenticate");
      return { status: response.status, text: await response.text(), challenge };
    },
    refusal: ({ reason }) => ({
      status: 401,
      text: texts[reason],
      challenge: 'Basic realm="site"',
    }),
    state: () => [published, scm.deployments],
    logged,
  };
});

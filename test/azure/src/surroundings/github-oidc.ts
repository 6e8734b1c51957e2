import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { SignJWT } from "jose";
import type { Azure } from "../service/azure.ts";
import { notEmulated } from "../service/not-emulated-route.ts";
import { epochSeconds } from "../world/clock.ts";

const REPOSITORY = "contoso/cross-tenant-data";
const ENVIRONMENT = "dev";

/** Subject of every token of the emulated workflow: one repository, one environment. */
export const GITHUB_SUBJECT = `repo:${REPOSITORY}:environment:${ENVIRONMENT}`;

const LIFETIME_SECONDS = 300;

/**
 * GitHub Actions' OIDC provider: discovery, keys, and the request URL that a job with `id-token: write` finds in
 * ACTIONS_ID_TOKEN_REQUEST_URL (docs.github.com/actions/reference/security/oidc). Only `requestToken` opens it.
 */
export function createGithubOidc(azure: Azure, requestToken: string): Hono {
  const app = new Hono();
  app.use(azure.traffic.middleware("oidc"));
  app.get("/.well-known/openid-configuration", (c) => c.json(configuration(azure.endpoints.oidc)));
  app.get("/.well-known/jwks", (c) =>
    c.json({ keys: azure.keys.published("github", azure.clock.now()).map(({ jwk }) => jwk) }),
  );
  app.get("/idtoken", async (c) => {
    // GitHub's own example writes the scheme in lower case; its case never matters (RFC 9110 section 11.1).
    const [scheme, token, ...rest] = c.req.header("authorization")?.split(" ") ?? [];
    if (scheme?.toLowerCase() !== "bearer" || token !== requestToken || rest.length > 0) {
      return c.json({ message: "Unauthorized" }, 401);
    }
    const [owner] = REPOSITORY.split("/");
    const audience = c.req.query("audience") ?? `https://github.com/${owner}`;
    return c.json({ count: 1, value: await idToken(azure, audience) });
  });
  app.notFound(notEmulated);
  return app;
}

function configuration(issuer: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks`,
    subject_types_supported: ["public", "pairwise"],
    response_types_supported: ["id_token"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid"],
  };
}

async function idToken(azure: Azure, audience: string): Promise<string> {
  const key = githubKey(azure);
  const now = epochSeconds(azure.clock);
  return new SignJWT({
    jti: randomUUID(),
    sub: GITHUB_SUBJECT,
    aud: audience,
    ref: "refs/heads/main",
    repository: REPOSITORY,
    environment: ENVIRONMENT,
    iss: azure.endpoints.oidc,
    nbf: now,
    iat: now,
    exp: now + LIFETIME_SECONDS,
  })
    .setProtectedHeader({ typ: "JWT", alg: "RS256", x5t: key.kid, kid: key.kid })
    .sign(key.privateKey);
}

function githubKey(azure: Azure) {
  const key = azure.keys.get("github");
  if (key === undefined) throw new Error("no signing key for the emulated GitHub Actions issuer");
  return key;
}

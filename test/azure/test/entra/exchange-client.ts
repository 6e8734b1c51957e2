import { SignJWT } from "jose";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import type { Azure } from "../../src/service/azure.ts";
import { epochSeconds } from "../../src/world/clock.ts";
import { JWT_BEARER, type TwoTenants } from "../tenants/two-tenants.ts";

/** The identity's token for the exchange. */
export async function exchangeToken({ azure, identity }: TwoTenants): Promise<string> {
  return (await issueManagedIdentityToken(azure, identity, "api://AzureADTokenExchange")).token;
}

/** Signs claims with a tenant's (or GitHub's) key, within their lifetime unless they say otherwise. */
export async function mint(
  azure: Azure,
  keyOwner: string,
  claims: Record<string, unknown>,
  kid?: string,
): Promise<string> {
  const key = azure.keys.get(keyOwner);
  if (key === undefined) throw new Error(`no key of "${keyOwner}"`);
  const now = epochSeconds(azure.clock);
  return new SignJWT({ nbf: now, iat: now, exp: now + 600, ...claims })
    .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: kid ?? key.kid })
    .sign(key.privateKey);
}

/** Sends the exchange's token request to the resource tenant; `changes` replace fields, undefined removes one. */
export async function requestToken(
  world: TwoTenants,
  changes: Record<string, string | undefined> = {},
  tenant = RESOURCE,
): Promise<Response> {
  const fields = {
    grant_type: "client_credentials",
    client_id: world.application.appId,
    scope: "https://storage.azure.com/.default",
    client_assertion_type: JWT_BEARER,
    client_assertion: changes["client_assertion"] ?? (await exchangeToken(world)),
    ...changes,
  };
  const sent = Object.entries(fields).filter(
    (field): field is [string, string] => field[1] !== undefined,
  );
  return world.entra.request(`/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(sent),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
}

/** The parts of a refusal that tests compare: status, OAuth error, code, and the text without its ids. */
export async function refusalOf(response: Response) {
  const body = (await response.json()) as {
    error: string;
    error_description: string;
    error_codes: number[];
  };
  const text = body.error_description.split(" Trace ID: ")[0];
  return { status: response.status, error: body.error, code: body.error_codes[0], text };
}

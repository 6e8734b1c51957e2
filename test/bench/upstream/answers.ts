import type { RequestListener, ServerResponse } from "node:http";

/** What was asked so far; `tokenNow` and `tokenMost` count token requests at the same time, `down` what met a fault. */
export interface Calls {
  down: number;
  identity: number;
  token: number;
  discovery: number;
  tokenNow: number;
  tokenMost: number;
}

const aDaySeconds = 86_400;
// What Entra issues to clients whose tokens it can revoke: a token of a day, to be refreshed at noon.
const dayLife = { expires_in: aDaySeconds - 1, refresh_in: aDaySeconds / 2 };

/** App Service's identity endpoint, whose tokens live for a day. */
export function answerIdentity(calls: Calls): RequestListener {
  return (_request, response) => {
    calls.identity += 1;
    json(response, identityAnswer(calls.identity));
  };
}

/** The login endpoint of every tenant; a token request takes `delayMs`. */
export function answerLogin(calls: Calls, delayMs: number): RequestListener {
  return (request, response) => {
    request.resume();
    if (request.url?.endsWith("/openid-configuration")) {
      calls.discovery += 1;
      return json(response, discoveryAnswer(`https://${request.headers.host}${request.url}`));
    }
    calls.token += 1;
    calls.tokenNow += 1;
    calls.tokenMost = Math.max(calls.tokenMost, calls.tokenNow);
    response.once("close", () => (calls.tokenNow -= 1));
    const answer = tokenAnswer(calls.token, dayLife);
    setTimeout(() => json(response, answer), delayMs);
  };
}

/** The identity endpoint's token number `index`, good for a day. */
export function identityAnswer(index: number): object {
  const expires_on = String(Math.floor(Date.now() / 1000) + aDaySeconds);
  return { access_token: tokenText(index), expires_on, token_type: "Bearer" };
}

/** The login endpoint's token number `index`. */
export function tokenAnswer(
  index: number,
  life: { readonly expires_in: number; readonly refresh_in?: number },
): object {
  return { access_token: tokenText(index), ...life, token_type: "Bearer" };
}

/** The discovery document at `url`. */
export function discoveryAnswer(url: string): object {
  const tenant = url.slice(0, url.indexOf("/v2.0/"));
  return {
    issuer: `${tenant}/v2.0`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  };
}

// Unsigned and as long as a real one; nobody here looks into it.
function tokenText(index: number): string {
  return `eyJ.${String(index).padStart(10, "0")}${"x".repeat(1500)}.sig`;
}

function json(response: ServerResponse, body: object): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}

import type { HttpClient } from "@azure/core-rest-pipeline";
import { abortableClient } from "./abortable-client.ts";
import { exchangeAssertion } from "./client-assertion.ts";
import type { Clock } from "./clock.ts";
import { managedIdentityFetcher } from "./managed-identity.ts";
import { TokenCache, type TokenState } from "./token-cache.ts";

/** The identity's back end answers within seconds or not at all; a request must not wait for ever. */
const identityDeadlineMs = 10_000;
/** Longer than the identity's, so that the error names the hop that was really stuck. */
const exchangeDeadlineMs = 15_000;
const maxTenants = 10_000;

export interface TokenSourceSettings {
  readonly managedIdentityClientId: string;
  readonly exchangeAudience: string;
  readonly applicationClientId: string;
  readonly authorityHost: string;
  readonly scope: string;
  readonly httpClient: HttpClient;
  readonly clock: Clock;
}

/** Tokens of the application in resource tenants, each obtained without any secret. */
export interface TokenSource {
  /** The text of a valid token of `tenantId`; rejects with a TokenError, within 15 seconds. */
  getToken(tenantId: string): Promise<string>;
  state(tenantId: string): TokenState;
}

/** Puts the two hops behind a cache each: one identity token serves the exchanges of all tenants. */
export function createTokenSource(settings: TokenSourceSettings): TokenSource {
  const { clock, managedIdentityClientId, exchangeAudience } = settings;
  const httpClient = abortableClient(settings.httpClient);
  const fetchIdentity = managedIdentityFetcher(
    managedIdentityClientId,
    exchangeAudience,
    httpClient,
  );
  const identity = new TokenCache({
    hop: "managed identity",
    fetch: (_audience, signal) => fetchIdentity(signal),
    clock,
    deadlineMs: identityDeadlineMs,
    maxKeys: 1,
    random: Math.random,
  });
  const exchange = {
    clientId: settings.applicationClientId,
    authorityHost: settings.authorityHost,
    scope: settings.scope,
    httpClient,
  };
  const tenants = new TokenCache({
    hop: "token exchange",
    fetch: async (tenantId, signal) => {
      const assertion = await identity.get(exchangeAudience);
      return exchangeAssertion(exchange, tenantId, assertion.token, signal);
    },
    clock,
    deadlineMs: exchangeDeadlineMs,
    maxKeys: maxTenants,
    random: Math.random,
  });
  return {
    getToken: async (tenantId) => (await tenants.get(tenantId)).token,
    state: (tenantId) => tenants.state(tenantId),
  };
}

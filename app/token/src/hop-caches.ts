import type { AccessToken } from "@azure/core-auth";
import { attemptClient } from "./attempt.ts";
import { systemClock } from "./clock.ts";
import { fetchToken } from "./fetch-token.ts";
import { Gate } from "./gate.ts";
import type { CrossTenantTokenOptions } from "./options.ts";
import { TokenCache } from "./token-cache.ts";
import { TokenError } from "./token-error.ts";
import { withRetries } from "./with-retries.ts";

/** The identity's back end answers within seconds or not at all; a request must not wait for ever. */
const identityDeadlineMs = 10_000;
/** Longer than the identity's, so that the error names the hop that was really stuck. */
const exchangeDeadlineMs = 15_000;
const maxTokens = 10_000;
/** A burst of tenants must not become a burst at the login endpoint, which throttles by application. */
const exchangesAtATime = 16;

/** A cache for each hop: one identity token serves the exchanges of all tenants. */
export function createHopCaches(options: CrossTenantTokenOptions) {
  const { clock = systemClock, random = Math.random } = options;
  const httpClient = attemptClient(options.httpClient);
  const identity = new TokenCache({
    hop: "managed identity",
    fetch: (scope, signal) =>
      withRetries({ clock, random }, signal, () =>
        fetchToken({ hop: "managed identity", clock, scope }, signal, () =>
          options.identityCredential(httpClient),
        ),
      ),
    clock,
    deadlineMs: identityDeadlineMs,
    maxKeys: 1,
    random,
  });
  const gate = new Gate(exchangesAtATime);
  const tenants = new TokenCache({
    hop: "token exchange",
    async fetch(key, signal) {
      const [tenantId, scope] = partsOf(key);
      const assertion = await identity.get(options.identityScope, signal);
      const exchange = (): Promise<AccessToken> =>
        gate.run(signal, () =>
          fetchToken({ hop: "token exchange", clock, scope }, signal, () =>
            options.tenantCredential(tenantId, assertion.token, httpClient),
          ),
        );
      try {
        return await withRetries({ clock, random }, signal, exchange);
      } catch (error) {
        // Nobody but the exchange can tell that the identity's token is at fault.
        const refused = error instanceof TokenError && !error.isTransient;
        if (refused) identity.renew(options.identityScope, assertion.token);
        throw error;
      }
    },
    clock,
    deadlineMs: exchangeDeadlineMs,
    maxKeys: maxTokens,
    random,
  });
  return { identity, tenants };
}

/** The cache key of a tenant and a scope: a client must never get another resource's token. */
export function keyOf(tenantId: string, scope: string): string {
  return `${tenantId} ${scope}`;
}

function partsOf(key: string): [tenantId: string, scope: string] {
  const end = key.indexOf(" ");
  return [key.slice(0, end), key.slice(end + 1)];
}

import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/core-auth";
import { createHopCaches, keyOf } from "./hop-caches.ts";
import type { CrossTenantTokenOptions } from "./options.ts";
import type { TokenState } from "./token-entry.ts";

/** Half of them: warming up leaves room for the tenants that requests wait for. */
const warmingAtATime = 8;

/** A credential that always has a token or an error, never null. */
export interface TenantCredential extends TokenCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken>;
}

/** Tokens of one application in any number of tenants, each obtained without any secret. */
export interface CrossTenantTokens {
  /**
   * The application's credential in a tenant. Its getToken rejects with a TokenError, within 15
   * seconds, or with the reason of the caller's signal when that fires. It takes no notice of `tenantId`
   * and `claims` among the options: a resource must not choose the tenant that is asked.
   */
  credential(tenantId: string): TenantCredential;
  /** The resource refused `token`: the next caller gets another one. Of no effect for five minutes after that. */
  reject(tenantId: string, scope: string, token: string): void;
  state(tenantId: string, scope: string): TokenState;
  identityState(): TokenState;
  /** Fetches the tenants' tokens, 8 at a time, so that no request waits for them; never rejects. */
  warm(tenantIds: readonly string[], scope: string): Promise<void>;
  /** Ends every timer and cancels every request in flight. */
  close(): void;
}

/** Puts the two hops behind a cache each: one identity token serves the exchanges of all tenants. */
export function createCrossTenantTokens(options: CrossTenantTokenOptions): CrossTenantTokens {
  const { identityScope } = options;
  const { identity, tenants } = createHopCaches(options);
  const credential = (tenantId: string): TenantCredential => {
    // A client asks for the same scope all its life: to join the key would be most of the work.
    let last = { scope: "", key: keyOf(tenantId, "") };
    return {
      getToken(scopes, options) {
        const scope = typeof scopes === "string" ? scopes : scopes.join(" ");
        if (scope !== last.scope) last = { scope, key: keyOf(tenantId, scope) };
        return tenants.get(last.key, options?.abortSignal);
      },
    };
  };
  return {
    credential,
    reject: (tenantId, scope, token) => tenants.reject(keyOf(tenantId, scope), token),
    state: (tenantId, scope) => tenants.state(keyOf(tenantId, scope)),
    identityState: () => identity.state(identityScope),
    async warm(tenantIds, scope) {
      const waiting = tenantIds.values();
      const worker = async (): Promise<void> => {
        for (const tenantId of waiting) await ignoringFailure(credential(tenantId).getToken(scope));
      };
      await Promise.all(Array.from({ length: warmingAtATime }, worker));
    },
    close() {
      tenants.close();
      identity.close();
    },
  };
}

async function ignoringFailure(token: Promise<AccessToken>): Promise<void> {
  try {
    await token;
  } catch {
    // The cache remembers it, and whoever asks for the token is told.
  }
}

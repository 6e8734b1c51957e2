import type { FaultyAnswer, Place } from "./faults.ts";

/** App Service gives a managed identity's token about a day, Entra an hour (reference: entra 1.4, 3.2). */
const identityLife = 86_400;
const tenantLife = 3_599;

/** Answers as App Service and Entra do, by a clock of their own. */
export class HealthyUpstream {
  /** How far its clock is ahead of this machine's, in milliseconds. */
  skewMs = 0;
  #issued = 0;
  readonly #last = new Map<Place, { token: string; expiresAt: number }>();

  /** `flaw` concerns the token in an answer that is healthy otherwise. */
  answer(place: Place, flaw: FaultyAnswer | undefined, origin: string, path: string): object {
    if (place === "discovery") return discovery(`${origin}/${path.split("/")[1]}`);
    // Seconds since the Unix epoch.
    const now = Math.floor((Date.now() + this.skewMs) / 1000);
    const { token, expiresAt } = this.#token(place, flaw, now);
    const answer = { token_type: "Bearer", access_token: token };
    return place === "managed identity"
      ? { ...answer, expires_on: String(expiresAt), resource: "api://AzureADTokenExchange" }
      : { ...answer, expires_in: expiresAt - now };
  }

  #token(place: Place, flaw: FaultyAnswer | undefined, now: number) {
    const last = this.#last.get(place);
    if (flaw === "same token" && last !== undefined) return last;
    const life = place === "managed identity" ? identityLife : tenantLife;
    const next = {
      token: `canary-token-${(this.#issued += 1)}`,
      expiresAt: flaw === "expired token" ? now - 60 : now + life,
    };
    this.#last.set(place, next);
    return next;
  }
}

function discovery(tenant: string): object {
  return {
    issuer: `${tenant}/v2.0`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  };
}

import type { TokenHop } from "../../src/token-error.ts";
import type { FaultName } from "./faults.ts";

/** Faults that behave alike, and what callers meet in each state, in the words of `describeObservation`. */
export interface FaultGroup {
  readonly hop: TokenHop;
  readonly faults: readonly FaultName[];
  /** Nothing was ever fetched. */
  readonly cold?: string;
  /** The token of the failing hop is due for its refresh; the tenant's token is valid. */
  readonly pastRefresh: string;
  readonly expired: string;
}

/** What callers meet while the token of the failing hop is fresh, whatever the fault. */
export const warm = "held token, calls 0 + 0";

const [unavailable, deadline] = ["ERR_UPSTREAM_UNAVAILABLE", "ERR_UPSTREAM_DEADLINE"];
const [noIdentity, noExchange] = ["ERR_MANAGED_IDENTITY", "ERR_TOKEN_EXCHANGE"];

/** The expected behaviour, complete. Pauses are the longest that chance allows. */
export const matrix: readonly FaultGroup[] = [
  {
    hop: "managed identity",
    faults: [
      "connection refused",
      "connection reset",
      "404",
      "410",
      "429",
      "500",
      "503",
      "200 with HTML",
      "200 with JSON but no token",
    ],
    cold: `${unavailable} after 1.25 s, calls 3 + 0, new token after 1 s`,
    pastRefresh: "held token, calls 3 + 1, new token after 1 s",
    expired: `${unavailable} after 1.25 s, calls 3 + 0, new token after 1 s`,
  },
  {
    hop: "managed identity",
    faults: ["503, Retry-After 2"],
    cold: `${unavailable} after 4 s, calls 3 + 0, new token after 2 s`,
    pastRefresh: "held token, calls 3 + 1, new token after 2 s",
    expired: `${unavailable} after 4 s, calls 3 + 0, new token after 2 s`,
  },
  {
    hop: "managed identity",
    faults: ["429, Retry-After 7"],
    cold: `${unavailable} at once, calls 1 + 0, new token after 7 s`,
    pastRefresh: "held token, calls 1 + 1, new token after 7 s",
    expired: `${unavailable} at once, calls 1 + 0, new token after 7 s`,
  },
  {
    hop: "managed identity",
    faults: ["429, Retry-After 3600"],
    cold: `${unavailable} at once, calls 1 + 0, new token after 60 s`,
    pastRefresh: "held token, calls 1 + 1, new token after 60 s",
    expired: `${unavailable} at once, calls 1 + 0, new token after 60 s`,
  },
  {
    hop: "managed identity",
    faults: ["hang", "hang mid-body"],
    cold: `${deadline} after 10 s, calls 2 + 0, new token after 1 s`,
    pastRefresh: "held token, calls 2 + 1, new token after 1 s",
    expired: `${deadline} after 10 s, calls 2 + 0, new token after 1 s`,
  },
  {
    hop: "managed identity",
    faults: ["400 identity not assigned", "401 without a body", "403 without a body"],
    cold: `${noIdentity} at once, calls 1 + 0, new token after 1 s`,
    pastRefresh: "held token, calls 1 + 1, new token after 1 s",
    expired: `${noIdentity} at once, calls 1 + 0, new token after 1 s`,
  },
  {
    hop: "managed identity",
    faults: ["an expired token"],
    cold: `${unavailable} at once, calls 1 + 0, new token after 1 s`,
    pastRefresh: "held token, calls 1 + 1, new token after 1 s",
    expired: `${unavailable} at once, calls 1 + 0, new token after 1 s`,
  },
  {
    hop: "managed identity",
    faults: ["the same token again"],
    pastRefresh: "held token, calls 1 + 1, new token after 1 s",
    expired: `${unavailable} at once, calls 1 + 0, new token after 1 s`,
  },
  {
    hop: "token exchange",
    faults: [
      "connection refused",
      "connection reset",
      "429",
      "500",
      "503",
      "400 AADSTS90033 transient",
      "200 with HTML",
      "200 with JSON but no token",
    ],
    cold: `${unavailable} after 1.25 s, calls 1 + 3, new token after 1 s`,
    pastRefresh: "held token, calls 0 + 3, new token after 1 s",
    expired: `${unavailable} after 1.25 s, calls 0 + 3, new token after 1 s`,
  },
  {
    hop: "token exchange",
    faults: ["503, Retry-After 2"],
    cold: `${unavailable} after 4 s, calls 1 + 3, new token after 2 s`,
    pastRefresh: "held token, calls 0 + 3, new token after 2 s",
    expired: `${unavailable} after 4 s, calls 0 + 3, new token after 2 s`,
  },
  {
    hop: "token exchange",
    faults: ["429, Retry-After 7"],
    cold: `${unavailable} at once, calls 1 + 1, new token after 7 s`,
    pastRefresh: "held token, calls 0 + 1, new token after 7 s",
    expired: `${unavailable} at once, calls 0 + 1, new token after 7 s`,
  },
  {
    hop: "token exchange",
    faults: ["429, Retry-After 3600"],
    cold: `${unavailable} at once, calls 1 + 1, new token after 60 s`,
    pastRefresh: "held token, calls 0 + 1, new token after 60 s",
    expired: `${unavailable} at once, calls 0 + 1, new token after 60 s`,
  },
  {
    hop: "token exchange",
    faults: ["hang", "hang mid-body"],
    cold: `${deadline} after 15 s, calls 1 + 3, new token after 1 s`,
    pastRefresh: "held token, calls 0 + 3, new token after 1 s",
    expired: `${deadline} after 15 s, calls 0 + 3, new token after 1 s`,
  },
  {
    hop: "token exchange",
    faults: [
      "400 AADSTS90002 unknown tenant",
      "401 AADSTS700213 no matching federated credential",
      "401 without a body",
      "403 without a body",
      "404",
      "410",
    ],
    cold: `${noExchange} at once, calls 1 + 1, new token after 1 s`,
    pastRefresh: "held token, calls 0 + 1, new token after 1 s",
    expired: `${noExchange} at once, calls 0 + 1, new token after 1 s`,
  },
  {
    hop: "token exchange",
    faults: ["an expired token"],
    cold: `${unavailable} at once, calls 1 + 1, new token after 1 s`,
    pastRefresh: "held token, calls 0 + 1, new token after 1 s",
    expired: `${unavailable} at once, calls 0 + 1, new token after 1 s`,
  },
  {
    hop: "token exchange",
    faults: ["the same token again"],
    pastRefresh: "held token, calls 0 + 1, new token after 1 s",
    expired: `${unavailable} at once, calls 0 + 1, new token after 1 s`,
  },
];

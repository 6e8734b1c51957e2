// The module's front door: what is not named here or in time.ts is its own affair.
export { clientAssertionCredential, type ClientAssertionSettings } from "./client-assertion.ts";
export {
  createCrossTenantTokens,
  type CrossTenantTokens,
  type TenantCredential,
} from "./cross-tenant-tokens.ts";
export { managedIdentityCredential } from "./managed-identity.ts";
export type { CrossTenantTokenOptions } from "./options.ts";
export type { TokenCounters, TokenState } from "./token-entry.ts";
export {
  TokenError,
  type TokenErrorCode,
  type TokenErrorDetails,
  type TokenHop,
} from "./token-error.ts";
export { withoutTokens } from "./without-tokens.ts";

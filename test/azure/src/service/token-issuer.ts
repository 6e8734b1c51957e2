import type { ServicePrincipal } from "../world/directory-records.ts";
import type { Azure } from "./azure.ts";

/** A signed access token. Times in whole seconds: `notBefore` and `expiresOn` since the epoch, `expiresIn` from now. */
export interface IssuedToken {
  readonly token: string;
  readonly notBefore: number;
  readonly expiresOn: number;
  readonly expiresIn: number;
}

/** Issues a managed identity's token for a resource. Throws TokenRefused. */
export type IssueManagedIdentityToken = (
  azure: Azure,
  principal: ServicePrincipal,
  resource: string,
) => Promise<IssuedToken>;

/** What the login endpoint refuses, in its words. */
export class TokenRefused extends Error {
  /** The OAuth `error`, the only part clients may depend on. */
  readonly error: string;

  constructor(error: string, message: string) {
    super(message);
    this.name = "TokenRefused";
    this.error = error;
  }
}

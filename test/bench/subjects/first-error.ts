import { setTimeout as sleep } from "node:timers/promises";
import { TokenError } from "cross-tenant-tokens";
import { storageScope, tenantIdOf } from "../ids.ts";
import { credentialsOf, ownSide } from "../side.ts";
import { tell } from "../tell.ts";

/** How the first request for a token ended; no seconds when it did not end. */
export interface FirstError {
  readonly seconds?: number;
  /** What was thrown, as who catches it tells it from others. */
  readonly code?: string;
}

// SIDE SECONDS: asks for one token, cold, and watches for so long.
const watched = Number(process.argv[3]);
const credential = credentialsOf(ownSide(), process.env["AUTHORITY_HOST"] ?? "")(tenantIdOf(1));
const started = performance.now();
const result: FirstError = await Promise.race([
  sleep(watched * 1000, {}),
  credential.getToken(storageScope).then(
    () => ({ code: "a token" }),
    (error: unknown) => ({
      seconds: (performance.now() - started) / 1000,
      code: error instanceof TokenError ? error.code : String(error),
    }),
  ),
]);
tell(result);

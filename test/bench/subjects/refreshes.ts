import { setImmediate as nextTurn } from "node:timers/promises";
import { createDefaultHttpClient } from "@azure/core-rest-pipeline";
import type { TokenCredential } from "@azure/identity";
import { createCrossTenantTokens } from "cross-tenant-tokens";
import { heapInUse } from "../heap.ts";
import { identityScope, storageScope, tenantIdOf } from "../ids.ts";
import { instantAuthority, instantUpstream } from "../instant-upstream.ts";
import { shiftDate } from "../shift-date.ts";
import { credentialsOf } from "../side.ts";
import { tell } from "../tell.ts";

/** Bytes of heap in use after the first refreshes, and after all of them. */
export interface HeapGrowth {
  readonly few: number;
  readonly many: number;
}

const anHourMs = 3_600_000;
const aDayMs = 24 * anHourMs;
const warmUp = 3000;

// SUBJECT FEW MANY: refreshes one tenant's token again and again, an hour of the process's clock apart.
// SUBJECT is "plain", "ours", or "module": ours around a credential that is no more than a token.
const [few = 0, many = 0] = process.argv.slice(3).map(Number);
const credential = credentialOfSubject(process.argv[2] ?? "");
// Compiled and optimized code is on the heap too: the first refreshes are for that.
await refresh(warmUp);
await refresh(few);
const afterFew = await heapInUse();
await refresh(many - few);
const result: HeapGrowth = { few: afterFew, many: await heapInUse() };
tell(result);

async function refresh(times: number): Promise<void> {
  let last = "";
  for (let done = 0; done < times; done += 1) {
    const token = (await credential.getToken(storageScope))?.token ?? "";
    if (token === last) throw new Error("the token was not refreshed: there is nothing to measure");
    last = token;
    shiftDate(anHourMs);
    // A real answer takes at least a turn of the event loop; some things are let go of only then.
    if (done % 10 === 0) await nextTurn();
    // Tables that grew between two collections keep their size for a while.
    if (done % 5000 === 0) await heapInUse();
  }
}

function credentialOfSubject(subject: string): TokenCredential {
  if (subject !== "module") {
    const side = subject === "plain" ? "plain" : "ours";
    return credentialsOf(side, instantAuthority, instantUpstream())(tenantIdOf(1));
  }
  return createCrossTenantTokens({
    identityCredential: () => instantCredential(aDayMs),
    identityScope,
    tenantCredential: () => instantCredential(anHourMs),
    httpClient: createDefaultHttpClient(),
  }).credential(tenantIdOf(1));
}

function instantCredential(lifeMs: number): TokenCredential {
  const now = Date.now();
  const token = { token: `issued at ${now}`, expiresOnTimestamp: now + lifeMs };
  return { getToken: () => Promise.resolve(token) };
}

import { heapInUse } from "../heap.ts";
import { storageScope, tenantIdOf } from "../ids.ts";
import { instantAuthority, instantUpstream } from "../instant-upstream.ts";
import { credentialsOf, ownSide } from "../side.ts";
import { median } from "../statistics.ts";
import { tell } from "../tell.ts";

/** What a tenant takes of a process's memory, and a warm token of its time. */
export interface TenantFootprint {
  readonly bytesPerTenant: number;
  readonly microseconds: number;
}

// SIDE TENANTS PASSES: one credential for each tenant; then so many passes over all of them.
const [tenants = 0, passes = 0] = process.argv.slice(3).map(Number);
const credentialOf = credentialsOf(ownSide(), instantAuthority, instantUpstream());
const open = async (from: number, to: number) => {
  const credentials = [];
  for (let index = from; index < to; index += 1) {
    const credential = credentialOf(tenantIdOf(index));
    await credential.getToken(storageScope);
    credentials.push(credential);
  }
  return credentials;
};

// What the first ones load and compile is not theirs.
const warmUp = await open(0, 50);
const before = await heapInUse();
const credentials = await open(50, 50 + tenants);
const bytesPerTenant = ((await heapInUse()) - before) / tenants;

const times: number[] = [];
for (let pass = 0; pass < passes; pass += 1) {
  const started = performance.now();
  for (const credential of credentials) await credential.getToken(storageScope);
  times.push(((performance.now() - started) * 1000) / tenants);
}
const result: TenantFootprint = { bytesPerTenant, microseconds: median(times) };
// Kept alive to here: whatever is collected earlier was not measured.
if (warmUp.length > 0) tell(result);

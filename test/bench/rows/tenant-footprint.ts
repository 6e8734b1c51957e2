import { startChild } from "../child.ts";
import type { Row } from "../row.ts";
import type { Side } from "../side.ts";
import type { TenantFootprint } from "../subjects/tenant-footprint.ts";

const tenants = 1000;
const goals = { bytes: 8 * 1024, microseconds: 1 };
/** Each pass asks once in every tenant. */
const passes = { plain: 20, ours: 1000 };

const shown = ({ bytesPerTenant, microseconds }: TenantFootprint): string =>
  `${(bytesPerTenant / 1024).toFixed(1)} KB / ${microseconds.toPrecision(2)} us`;

/** What each of many tenants costs: heap of the token module alone, and time for a warm token. */
export const tenantFootprint: Row = {
  name: "tenant-footprint",
  async lines() {
    const plain = await measure("plain", passes.plain);
    const ours = await measure("ours", passes.ours);
    return [
      {
        what: `heap per tenant of the token module / warm token, ${tenants} tenants`,
        plain: shown(plain),
        ours: shown(ours),
        goal: "<= 8 KB / <= 1 us",
        missed: !(ours.bytesPerTenant <= goals.bytes && ours.microseconds <= goals.microseconds),
        numbers: { plain, ours },
      },
    ];
  },
};

async function measure(side: Side, passes: number): Promise<TenantFootprint> {
  const args = [side, String(tenants), String(passes)];
  await using subject = startChild("subjects/tenant-footprint.ts", args, {}, ["--expose-gc"]);
  return await subject.next<TenantFootprint>();
}

import type { Row } from "../row.ts";
import { countCalls } from "../upstream/count-calls.ts";
import type { Calls } from "../upstream/answers.ts";

const tenants = 1000;
const most = 16;
/** Long enough that requests at the same time overlap. */
const delayMs = 10;
const shown = (calls: Calls): string =>
  `${calls.identity} / ${calls.token}, ${calls.tokenMost} at a time`;

/** How many calls upstream the first requests of many tenants make, all at once, and how many of them overlap. */
export const manyTenants: Row = {
  name: "many-tenants",
  async lines() {
    const plain = await countCalls("plain", tenants, 1, delayMs);
    const ours = await countCalls("ours", tenants, 1, delayMs);
    return [
      {
        what: `upstream calls for ${tenants} tenants, first request each, all at once`,
        plain: shown(plain),
        ours: shown(ours),
        goal: `1 / ${tenants}, at most ${most} at a time`,
        missed: ours.identity !== 1 || ours.token !== tenants || ours.tokenMost > most,
        numbers: { plain, ours },
      },
    ];
  },
};

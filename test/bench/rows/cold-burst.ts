import type { Row } from "../row.ts";
import { countCalls } from "../upstream/count-calls.ts";
import type { Calls } from "../upstream/answers.ts";

const callers = 1000;
const shown = ({ identity, token }: Calls): string => `${identity} / ${token}`;

/** How many calls upstream a cold burst of callers in one tenant makes. */
export const coldBurst: Row = {
  name: "cold-burst",
  async lines() {
    const plain = await countCalls("plain", 1, callers, 0);
    const ours = await countCalls("ours", 1, callers, 0);
    return [
      {
        what: `upstream calls for ${callers} concurrent cold requests (identity / token endpoint)`,
        plain: shown(plain),
        ours: shown(ours),
        goal: "1 / 1",
        missed: ours.identity !== 1 || ours.token !== 1,
        numbers: { plain, ours },
      },
    ];
  },
};

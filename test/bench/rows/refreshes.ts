import { startChild } from "../child.ts";
import type { Line, Row } from "../row.ts";
import type { HeapGrowth } from "../subjects/refreshes.ts";

const few = 1000;
const many = 100_000;
/** With the SDK's own work a refresh takes so much longer that these many have to do. */
const manyWithSdk = 10_000;
/** As much as the heap of an idle process differs from one collection to the next. */
const flat = 1.1;

/** Whether a process that runs for years keeps something of each refresh. */
export const refreshes: Row = {
  name: "refreshes",
  async lines() {
    const plain = await measure("plain", manyWithSdk);
    return [
      line("the module alone", many, plain, await measure("module", many)),
      line("with @azure/identity", manyWithSdk, plain, await measure("ours", manyWithSdk)),
    ];
  },
};

interface Growth extends HeapGrowth {
  readonly bytesEach: number;
  readonly ratio: number;
}

async function measure(subject: string, many: number): Promise<Growth> {
  const args = [subject, String(few), String(many)];
  await using child = startChild("subjects/refreshes.ts", args, {}, ["--expose-gc"]);
  const growth = await child.next<HeapGrowth>();
  return {
    ...growth,
    ratio: growth.many / growth.few,
    bytesEach: (growth.many - growth.few) / (many - few),
  };
}

function line(of: string, refreshes: number, plain: Growth, ours: Growth): Line {
  const shown = ({ ratio, bytesEach }: Growth): string =>
    `x${ratio.toFixed(2)}, ${bytesEach.toFixed(0)} bytes each`;
  return {
    what: `heap after ${refreshes} refreshes against after ${few}, ${of}`,
    plain: shown(plain),
    ours: shown(ours),
    goal: `flat: <= x${flat}`,
    missed: !(ours.ratio <= flat),
    numbers: { plain: { ...plain, refreshes: manyWithSdk }, ours: { ...ours, refreshes } },
  };
}

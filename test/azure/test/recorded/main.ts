import { parseArgs } from "node:util";
import { readNotMet, writeNotMet } from "./not-met.ts";
import { replayAll } from "./replay-all.ts";
import { resultsOf, writeResults } from "./results.ts";

/**
 * `npm run recorded` prints every exchange that is not answered as recorded: why it is not, and in what. A name, or a part of one,
 * chooses recordings. `--write` writes the list and the table of README.md anew.
 */
const { values, positionals } = parseArgs({
  options: { write: { type: "boolean", default: false } },
  allowPositionals: true,
});
const replayed = await replayAll(positionals[0]);
if (values.write) {
  await writeNotMet(replayed);
  await writeResults(resultsOf(replayed));
}
const list = await readNotMet();
for (const { name, what, differences } of replayed) {
  if (differences.length === 0) continue;
  const lines = [`${name} ${what}`, list.get(name) ?? "not in the list", ...differences];
  process.stdout.write(`${lines.join("\n    ")}\n`);
}
for (const { kind, sameStatus, exchanges, declared, leftOut, ...fields } of resultsOf(replayed)) {
  const compared = exchanges - declared - leftOut;
  const [real, met] = [fields.realFields, fields.metFields];
  const share = real === 0 ? "-" : `${((100 * met) / real).toFixed(1)} %`;
  const row = `${kind}: status ${sameStatus}/${compared}, fields ${met}/${real} ${share}, not met ${fields.notMet}`;
  process.stdout.write(`${row}\n`);
}

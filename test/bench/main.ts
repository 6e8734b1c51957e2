import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Line } from "./row.ts";
import { rows } from "./rows.ts";
import { renderTable } from "./table.ts";

const usage = `npm run bench -- [--row NAME]... [--json FILE], where NAME is one of:
  ${rows.map(({ name }) => name).join(", ")}`;

/** `npm run bench`: measures every row, or those asked for, prints the table and writes the numbers to a file when asked. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { row: { type: "string", multiple: true }, json: { type: "string" } },
  });
  const names = values.row ?? rows.map(({ name }) => name);
  const unknown = names.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) throw new Error(`no row "${unknown.join('", "')}"\n${usage}`);

  const machine = {
    cores: availableParallelism(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  const measured: { name: string; seconds: number; lines: readonly Line[] }[] = [];
  for (const { name, lines } of rows.filter((row) => names.includes(row.name))) {
    const started = performance.now();
    process.stderr.write(`${name} ...\n`);
    const result = await lines();
    const seconds = Math.round((performance.now() - started) / 1000);
    measured.push({ name, seconds, lines: result });
  }
  const seconds = measured.reduce((sum, row) => sum + row.seconds, 0);
  process.stdout.write(
    `\n${renderTable(measured)}\nNode ${machine.node} on ${machine.platform}, ${machine.cores} cores; ${seconds} s\n`,
  );
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ machine, rows: measured }, undefined, 2)}\n`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

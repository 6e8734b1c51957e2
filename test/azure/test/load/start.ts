import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startAzurite } from "../../src/storage/azurite/azurite.ts";
import { printFigures } from "./print-figures.ts";

const RUNS = 5;
const MAIN = fileURLToPath(new URL("../../src/local-azure/main.ts", import.meta.url));
const LOCAL_AZURE = new URL("../../src/local-azure/local-azure.ts", import.meta.url).href;

/**
 * Prints how many milliseconds the command takes from its start to its ready line, the median of five runs, and of
 * these: its modules, loaded by a process that does nothing else; Azurite, started alone; and the rest. The first run, in
 * which Node may have to compile everything, is told apart.
 */
async function main(): Promise<void> {
  const first = await measure(readyLine);
  const total = await medianOf(readyLine);
  const modules = await medianOf(loadModules);
  const azurite = await medianOf(async () => {
    const started = await startAzurite();
    return () => started.close();
  });
  const rest = total - modules - azurite;
  printFigures({ first, total, modules, azurite, rest, besidesAzurite: total - azurite });
}

/** Starts something; what it returns ends it again. */
type Start = () => Promise<() => Promise<unknown>>;

const readyLine: Start = async () => {
  const child = spawn(process.execPath, [MAIN], { stdio: ["ignore", "pipe", "ignore"] });
  await once(createInterface(child.stdout), "line");
  const closed = once(child, "close");
  return () => {
    child.kill("SIGTERM");
    return closed;
  };
};

const loadModules: Start = async () => {
  const program = `(await import("node:module")).enableCompileCache(); await import("${LOCAL_AZURE}");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  await once(child, "close");
  return () => Promise.resolve();
};

async function medianOf(start: Start): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await measure(start));
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}

async function measure(start: Start): Promise<number> {
  const before = performance.now();
  const end = await start();
  const milliseconds = Math.round(performance.now() - before);
  await end();
  return milliseconds;
}

await main();

/** Runs one long step, saying on stderr when it begins and how long it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  process.stderr.write(`${name} ...\n`);
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${name}: ${seconds} s\n`);
  return result;
}

// The engine's plain display says one line when a resource is done: " +  azure-native:... name created (2s)".
const DONE = /^\s*[+~-]+ +\S+ \S+ (created|updated|replaced|deleted)/;

/** Shows the lines of the engine's output that tell of a finished resource. */
export function printProgress(output: string): void {
  for (const line of output.split("\n").filter((text) => DONE.test(text))) {
    process.stderr.write(`  ${line.trim()}\n`);
  }
}

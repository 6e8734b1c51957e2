import type { Load, LoadGenerator } from "./load.ts";

/** Short, so that the servers take turns while the machine is the same. */
const windowMs = 30;
const warmUpMs = 500;

/**
 * Loads the servers at `ports` in turn, `rounds` times after warming them up; returns the loads of
 * each, in the order of `ports`.
 */
export async function compare(
  generator: LoadGenerator,
  ports: readonly number[],
  path: string,
  rounds: number,
): Promise<Load[][]> {
  const servers = ports.map((port) => ({ port, loads: new Array<Load>() }));
  for (const { port } of servers) await generator.load(port, path, warmUpMs);
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes after a slow server must not always be the same.
    for (const { port, loads } of round % 2 === 0 ? servers : servers.toReversed()) {
      loads.push(await generator.load(port, path, windowMs));
    }
  }
  return servers.map(({ loads }) => loads);
}

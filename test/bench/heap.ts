import { setImmediate as nextTurn } from "node:timers/promises";

/** Bytes of this process's heap that are still in use after a collection; needs --expose-gc. */
export async function heapInUse(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("start this process with --expose-gc");
  // What a turn of the event loop lets go of is collected in the next one.
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

import { RecordedWorld } from "./recorded-world.ts";
import { readRecordings } from "./recording.ts";
import { type Replayed, replayRecording } from "./replay.ts";

/** Replays every recording, or those whose name has a text in it, each in a tenant with nothing in it. */
export async function replayAll(nameContains = ""): Promise<Replayed[]> {
  const world = await RecordedWorld.start();
  try {
    const replayed: Replayed[] = [];
    for (const recording of await readRecordings())
      if (recording.name.includes(nameContains))
        replayed.push(...(await replayRecording(world, recording)));
    return replayed;
  } finally {
    await world.close();
  }
}

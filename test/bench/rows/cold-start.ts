import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { buildPackage } from "../../../infra/package/build-package.ts";
import { environment } from "../../app/settings.ts";
import { startOnce, type Start } from "../cold-start/start-once.ts";
import type { Line, Row } from "../row.ts";
import { median, medianRatio } from "../statistics.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { startUpstream } from "../upstream/upstream.ts";

const rounds = 15;
const goals = { time: 5, memory: 2 };
const projectRoot = join(import.meta.dirname, "../../..");
const programs = join(import.meta.dirname, "../cold-start");

/** How long the deployed package takes to its first answer, and what it then takes of memory: the clients that it loads are most of both. */
export const coldStart: Row = {
  name: "cold-start",
  async lines() {
    await using folder = await temporaryFolder();
    await using upstream = await startUpstream();
    const env = { ...environment(), ...upstream.env, PORT: "0", HOST: "127.0.0.1" };
    const files = {
      bare: join(programs, "bare.cjs"),
      plain: join(programs, "plain.mjs"),
      ours: await unpackPackage(folder.path),
    };
    const starts = {
      bare: new Array<Start>(),
      plain: new Array<Start>(),
      ours: new Array<Start>(),
    };
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of ["bare", "plain", "ours"] as const) {
        const start = await startOnce(files[name], env);
        // The first round finds no file in the system's cache.
        if (round > 0) starts[name].push(start);
      }
    }
    return linesOf(starts);
  },
};

async function unpackPackage(folder: string): Promise<string> {
  const { zip } = await buildPackage(projectRoot);
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    await writeFile(join(folder, name), content);
  }
  return join(folder, "main.cjs");
}

type Starts = Readonly<Record<"bare" | "plain" | "ours", readonly Start[]>>;

function linesOf(starts: Starts): Line[] {
  return [
    lineOf(starts, "cold start to the first answered health request", "milliseconds", goals.time),
    lineOf(starts, "resident memory at that moment", "megabytes", goals.memory),
  ];
}

function lineOf(starts: Starts, what: string, measure: keyof Start, goal: number): Line {
  const unit = measure === "milliseconds" ? "ms" : "MB";
  const values = (of: keyof Starts): number[] => starts[of].map((start) => start[measure]);
  const shown = (of: keyof Starts): string => `${median(values(of)).toFixed(0)} ${unit}`;
  const ratio = (of: keyof Starts): number => medianRatio(values(of), values("bare"));
  return {
    what: `${what}, against bare node:http (${shown("bare")})`,
    plain: `x${ratio("plain").toFixed(2)}, ${shown("plain")}`,
    ours: `x${ratio("ours").toFixed(2)}, ${shown("ours")}`,
    goal: `<= x${goal}, < plain`,
    missed: !(ratio("ours") <= goal && ratio("ours") < ratio("plain")),
    numbers: { plain: ratio("plain"), ours: ratio("ours"), starts },
  };
}

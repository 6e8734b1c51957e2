import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineResult, RunOptions } from "../engine/src/workspace/run-engine.ts";
import { leftovers } from "./support/leftovers.ts";
import { processesWith } from "./support/processes.ts";
import { roundTrip } from "./support/site.ts";
import { type Stage, startStage } from "./support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

describe("an up that is cancelled half way", () => {
  // The engine alone is interrupted; a terminal's Ctrl-C reaches its children as well, which this does not show.
  it("ends all its processes and keeps what Azure has in the state", async () => {
    const cancellation = new AbortController();
    const up = startUp({ signal: cancellation.signal });
    // By now the application is made, the one thing whose lost answer nobody could make up for.
    await reached(/^PUT resource-manager .*\/roleAssignments\//);
    cancellation.abort();
    const { code, stdout } = await up.ended;
    expect(code).not.toBe(0);
    expect(stdout).toContain("^C received; cancelling");
    await allGone(up.marker);
    const { resources = [], roleAssignments = [] } = leftovers(stage.azure);
    expect(resources).not.toEqual([]);
    const made = [...resources, ...roleAssignments].map((id) => id.toLowerCase());
    const ids = await stateIds();
    expect(made.filter((id) => !ids.has(id) && !isPartOfItsParent(id))).toEqual([]);
  });

  it("is resumed by the next one, and one destroy cleans", resumeAndDestroy);
});

// The stand-ins end with it; the real azuread lives on for five minutes (test/providers/killed-engine.test.ts).
describe("an up whose engine is killed", () => {
  it("leaves no process behind", async () => {
    await stage.azure.reset();
    // Unavailable to the package's publisher, which waits then: every kind of process runs.
    stage.azure.traffic.faults.set([
      { service: "scm", method: "POST", path: /publish/, kind: "status", status: 503 },
    ]);
    const up = startUp();
    await reached(/^POST scm \/api\/publish/);
    const running = await processesWith(up.marker);
    for (const kind of processKinds) {
      expect(running.map(({ text }) => text.split(" ").slice(0, 2).join(" "))).toContainEqual(
        expect.stringMatching(kind),
      );
    }
    const engine = running.find(({ text }) => /^\S+\/bin\/pulumi up /.test(text));
    process.kill(engine?.pid ?? 0, "SIGKILL");
    await up.ended;
    await allGone(up.marker);
  });

  it("is resumed after `pulumi cancel`, and one destroy cleans", async () => {
    stage.azure.traffic.faults.clear();
    const locked = await stage.pulumi("up", "--yes", "--skip-preview");
    expect(locked.code).not.toBe(0);
    expect(locked.stdout + locked.stderr).toContain("delete the lock file with `pulumi cancel`");
    expect(await stage.pulumi("cancel", "--yes")).toMatchObject({ code: 0 });
    await resumeAndDestroy();
  });
});

const processKinds = [
  /\/bin\/pulumi up$/,
  /language-host\/main\.ts$/,
  /@pulumi\/pulumi\/cmd\/run/,
  /plugins\/azure-native\/main\.ts$/,
  /plugins\/azuread\/main\.ts$/,
  /workspace\/dynamic-provider\.ts$/,
];

/** Starts an up whose processes all carry a mark in their environment. */
function startUp(options: RunOptions = {}): { marker: string; ended: Promise<EngineResult> } {
  const id = randomUUID();
  const args = ["up", "--yes", "--skip-preview"];
  const ended = stage.workspace.run(args, { ...options, env: { MARKER_OF_THE_TEST: id } });
  return { marker: `MARKER_OF_THE_TEST=${id}`, ended };
}

async function reached(request: RegExp): Promise<void> {
  const { traffic } = stage.azure;
  await expect
    .poll(() => traffic.writes.some((write) => request.test(write)), {
      interval: 5,
    })
    .toBe(true);
}

async function allGone(marker: string): Promise<void> {
  const names = async () =>
    (await processesWith(marker)).map(({ text }) => text.split(" ").slice(0, 2).join(" "));
  await expect.poll(names, { interval: 200 }).toEqual([]);
}

async function stateIds(): Promise<Set<string>> {
  const { stdout } = await stage.pulumi("stack", "export");
  const { deployment } = JSON.parse(stdout) as { deployment: { resources: { id?: string }[] } };
  return new Set(deployment.resources.map(({ id = "" }) => id.toLowerCase()));
}

// Azure makes and deletes these with what they belong to.
function isPartOfItsParent(id: string): boolean {
  return /\/(blobservices|basicpublishingcredentialspolicies|config)\/[^/]+$/.test(id);
}

async function resumeAndDestroy(): Promise<void> {
  await stage.up();
  expect(await roundTrip(stage, "invoices", "resumed")).toBe("resumed");
  const { applicationClientId } = await stage.outputs();
  await stage.destroy();
  expect(leftovers(stage.azure)).toEqual({ deletedApplications: [applicationClientId] });
}

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Saved } from "../../../src/local-azure/persistence/saved.ts";
import { StateFolder } from "../../../src/local-azure/persistence/state-folder.ts";
import { HOME, defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import type { Tenant } from "../../../src/world/directory-records.ts";
import { emptyState } from "../../../src/world/state.ts";

let parent: string;
let path: string;
const opened: StateFolder[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "state-folder-"));
  path = join(parent, "state");
});
afterEach(async () => {
  for (const folder of opened.splice(0)) await folder.close();
  await rm(parent, { recursive: true });
});

describe("StateFolder.open", () => {
  it("refuses a folder that is in use, and takes it once it is not", async () => {
    const first = await open();
    const lock = join(path, "lock");
    const port = await readFile(lock, "utf8");
    await expect(open()).rejects.toThrow(
      `"${path}" is in use: another local Azure has port ${port}; end it first, or, when it is no local Azure, delete "${lock}"`,
    );
    await first.close();
    await expect(open()).resolves.toBeInstanceOf(StateFolder);
  });

  it("refuses all but one of many that open a new folder at once", async () => {
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => open()));
    expect(starts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("refuses a folder that holds other things, and leaves it as it is", async () => {
    await mkdir(path);
    await writeFile(join(path, "thesis.txt"), "years of work");
    await expect(open()).rejects.toThrow(
      `"${path}" holds other things, such as "thesis.txt"; name a new folder, an empty one, or one made by --state`,
    );
    await rm(join(path, "thesis.txt"));
    await expect(open()).resolves.toBeInstanceOf(StateFolder);
  });

  it("refuses a state of which a byte has changed, and leaves it as it is", async () => {
    await saveOnce();
    const file = join(path, "state");
    const bytes = await readFile(file);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(open()).rejects.toThrow(
      `"${file}" is damaged, its checksum differs; put a copy back, or name another folder. Nothing was changed`,
    );
    expect(await readFile(file)).toEqual(bytes);
  });

  it("refuses a state that was cut off, and a file that is something else", async () => {
    await saveOnce();
    const file = join(path, "state");
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, -1));
    await expect(open()).rejects.toThrow(`"${file}" is damaged`);
    for (const other of ["", '{"format":"another"}\n', "null\n"]) {
      await writeFile(file, other);
      await expect(open()).rejects.toThrow(
        `"${file}" is not the state of a local Azure; name another folder. Nothing was changed`,
      );
    }
  });

  it("refuses a state of another version", async () => {
    await saveOnce();
    const file = join(path, "state");
    const text = await readFile(file, "latin1");
    await writeFile(file, text.replace('"version":2', '"version":0'), "latin1");
    await expect(open()).rejects.toThrow(
      `"${file}" was written by another version of the local Azure; start that version, or name another folder. Nothing was changed`,
    );
  });

  it("refuses a state in which a store is missing that this version has", async () => {
    await saveOnce();
    const file = join(path, "state");
    const text = await readFile(file, "latin1");
    await writeFile(file, text.replace('"secrets",', ""), "latin1");
    await expect(open()).rejects.toThrow(`"${file}" was written by another version`);
  });

  it("refuses another seed, and tells in what it differs", async () => {
    await saveOnce();
    const moved = {
      tenants: defaultSeed.tenants.map((each) => ({ ...each, location: "swedencentral" })),
    };
    const others = defaultSeed.tenants.slice(1);
    await expect(open(moved)).rejects.toThrow(
      `"${path}" was made from another seed; start it with that one, or name another folder. tenants[0].location is kept as "westeurope", and given as "swedencentral"`,
    );
    await expect(open({ tenants: others })).rejects.toThrow(
      `tenants[0].tenantId is kept as "${HOME}", and given as "${others[0]?.tenantId}"`,
    );
    const foreignApplicationClientId = "44444444-4444-4844-8444-444444444444";
    await expect(open({ ...defaultSeed, foreignApplicationClientId })).rejects.toThrow(
      `foreignApplicationClientId is not kept, and given as "${foreignApplicationClientId}"`,
    );
    await expect(open(defaultSeed)).resolves.toBeInstanceOf(StateFolder);
  });

  it("has no blobs of a process that was killed before it saved anything", async () => {
    const killed = await open();
    await writeFile(join(killed.blobs, "left"), "");
    await killed.close();
    expect(await readdir((await open()).blobs)).toEqual([]);
  });

  it("finds what was saved last, whatever a later write has left unfinished", async () => {
    await saveOnce();
    await writeFile(join(path, "state.draft"), "half a sta");
    const { saved } = await open();
    expect(saved?.state.tenants.get(HOME)).toEqual(tenant);
    expect(saved?.ports).toEqual(new Map([["graph", 20_001]]));
  });
});

const tenant: Tenant = { tenantId: HOME, subscriptionId: "s", location: "westeurope" };

async function open(given = defaultSeed): Promise<StateFolder> {
  const folder = await StateFolder.open(path, given);
  opened.push(folder);
  return folder;
}

/** Leaves a folder that another process could go on with. */
async function saveOnce(): Promise<void> {
  const folder = await open();
  const state = emptyState();
  state.tenants.set(HOME, tenant);
  const saved: Saved = {
    seed: defaultSeed,
    state,
    signingKeys: [],
    certificate: { key: "", chain: "", ca: "" },
    ownTokens: { oidc: "o", control: "c" },
    ports: new Map([["graph", 20_001]]),
    blobAccounts: { lent: new Map(), opened: new Set(), delegationSecret: "s" },
    sites: new Map(),
  };
  await folder.save(() => Promise.resolve(saved));
  await folder.close();
}

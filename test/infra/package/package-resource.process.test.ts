import { afterEach, describe, expect, it, vi } from "vitest";
import { buildPackage } from "../../../infra/package/build-package.ts";
import { publish, read, update } from "../../../infra/package/package-resource.ts";
import { difference, type PackageState } from "../../../infra/package/package-state.ts";
import { SiteApi, SiteGone } from "../../../infra/package/site-api.ts";
import { answer, runtime, virtualSite } from "./virtual-site.ts";

const state: PackageState = {
  siteId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/one",
  packageHash: "hash of other sources",
  deployer: {
    tenantId: "t",
    subscriptionId: "s",
    clientId: "c",
    loginEndpoint: "https://login.example",
    resourceManager: "https://arm.example",
  },
};

/** Stands for the site: `found` is what looking for it gives. */
function siteIs(found: () => Promise<unknown>) {
  return vi.spyOn(SiteApi, "of").mockImplementation(found as () => Promise<SiteApi>);
}

afterEach(() => vi.restoreAllMocks());

describe("difference", () => {
  it("replaces the package for another site and updates it for anything else", () => {
    expect(difference(state, { ...state })).toEqual({ changes: false, replaces: [] });
    const deployer = { ...state.deployer, clientId: "other" };
    for (const change of [{ packageHash: "h2" }, { deployer }]) {
      expect(difference(state, { ...state, ...change })).toEqual({ changes: true, replaces: [] });
    }
    expect(difference(state, { ...state, siteId: "two" })).toEqual({
      changes: true,
      replaces: ["siteId"],
    });
  });
});

describe("publishing", () => {
  it("refuses sources that changed after the program had read them, without touching the site", async () => {
    const scm = siteIs(() => Promise.reject(new Error("must not be asked")));
    await expect(publish(state)).rejects.toThrow(
      "the site's sources changed while the stack was being updated; run pulumi up again",
    );
    expect(scm).not.toHaveBeenCalled();
  });

  it("refuses a site that is stopped, before anything is sent", async () => {
    const { hash: packageHash } = await buildPackage(process.cwd());
    const site = virtualSite();
    siteIs(() => Promise.resolve({ ...site, isStopped: true }));
    await expect(publish({ ...state, packageHash })).rejects.toThrow(
      `the site "${state.siteId}" is stopped, so that it would not run its package; start it with \`az webapp start\` and run pulumi up again`,
    );
    expect(site.asked).toEqual([]);
  });

  it("leaves a package that does not run in the state, to be published next time, whatever the sources are", async () => {
    const { hash: packageHash } = await buildPackage(process.cwd());
    const inputs = { ...state, packageHash, __provider: "kept" };
    siteIs(() => Promise.resolve(virtualSite({ status: () => runtime("RuntimeFailed") })));
    const properties = { ...inputs, packageHash: "not running" };
    const error: unknown = await publish(inputs).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^the site does not run with the package: /),
      id: state.siteId,
      properties,
      reasons: [expect.stringContaining("RuntimeFailed")],
    });
    expect(await read("id", properties)).toEqual({ id: "id", props: properties });
  });

  it("leaves the state alone when SCM refuses the package", async () => {
    const { hash: packageHash } = await buildPackage(process.cwd());
    siteIs(() => Promise.resolve(virtualSite({ publish: () => answer(413) })));
    const error: unknown = await publish({ ...state, packageHash }).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toContain("cannot publish the package: scm.example answered 413");
    expect(error).not.toHaveProperty("properties");
  });

  it("leaves the site alone when only the deployer changed", async () => {
    const scm = siteIs(() => Promise.reject(new Error("must not be asked")));
    const news = { ...state, deployer: { ...state.deployer, clientId: "other" } };
    expect(await update(state, news)).toEqual(news);
    expect(scm).not.toHaveBeenCalled();
  });
});

const readFrom = (site: ReturnType<typeof virtualSite>) => {
  siteIs(() => Promise.resolve(site));
  const { now, said, sleep } = site;
  return read("id", state, {
    milliseconds: 30_000,
    now,
    sleep,
    say: (line) => void said.push(line),
  });
};

describe("read", () => {
  it("is empty when the site is gone", async () => {
    siteIs(() => Promise.reject(new SiteGone("gone")));
    expect(await read("id", state)).toEqual({});
  });

  it("has what is deployed now", async () => {
    const packageHash = "b".repeat(64);
    expect(await readFrom(virtualSite({ file: () => answer(200, packageHash) }))).toEqual({
      id: "id",
      props: { ...state, packageHash },
    });
    expect(await readFrom(virtualSite({ file: () => answer(404) }))).toEqual({
      id: "id",
      props: { ...state, packageHash: "no package" },
    });
  });

  it.each([answer(403, "no"), answer(503), answer(500), new Error("no sign-in")])(
    "keeps what cannot be read, with a warning: %#",
    async (file) => {
      const site = virtualSite({ file: () => file });
      expect(await readFrom(site)).toEqual({ id: "id", props: state });
      expect(site.said.at(-1)).toMatch(
        /^warning: the deployed package is taken as it was last seen: .*(403|503|500|no sign-in)/,
      );
    },
  );
});

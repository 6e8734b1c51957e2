import { afterEach, describe, expect, it, vi } from "vitest";
import { publish, read, update } from "../../../infra/package/package-resource.ts";
import { difference, type PackageState } from "../../../infra/package/package-state.ts";
import { Scm, SiteGone } from "../../../infra/package/scm.ts";

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

/** Stands for the site's SCM: `found` is what looking for it gives. */
function scmIs(found: () => Promise<Scm>) {
  return vi.spyOn(Scm, "of").mockImplementation(found);
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
    const scm = scmIs(() => Promise.reject(new Error("must not be asked")));
    await expect(publish(state)).rejects.toThrow(
      "the site's sources changed while the stack was being updated; run pulumi up again",
    );
    expect(scm).not.toHaveBeenCalled();
  });

  it("leaves the site alone when only the deployer changed", async () => {
    const scm = scmIs(() => Promise.reject(new Error("must not be asked")));
    const news = { ...state, deployer: { ...state.deployer, clientId: "other" } };
    expect(await update(state, news)).toEqual(news);
    expect(scm).not.toHaveBeenCalled();
  });
});

describe("read", () => {
  it("is empty when the site is gone, and fails when nobody can tell", async () => {
    scmIs(() => Promise.reject(new SiteGone("gone")));
    expect(await read("id", state)).toEqual({});
    scmIs(() => Promise.reject(new Error("answered 403")));
    await expect(read("id", state)).rejects.toThrow("answered 403");
  });
});

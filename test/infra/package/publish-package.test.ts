import { describe, expect, it } from "vitest";
import { deployedHash } from "../../../infra/package/deployed-hash.ts";
import { packFiles } from "../../../infra/package/build-package.ts";
import { publishPackage } from "../../../infra/package/publish-package.ts";

const zip = new Uint8Array([1]);
const unreachable = new TypeError("fetch failed", { cause: new Error("connection reset") });
const unanswered = new DOMException("The operation was aborted due to timeout", "TimeoutError");

/** An SCM that gives the listed answers in turn and notes what it was asked. */
function scmOf(...answers: (Response | Error)[]) {
  const asked: string[] = [];
  return {
    asked,
    request: (path: string, init: { method?: string } = {}) => {
      asked.push(`${init.method ?? "GET"} ${path}`);
      const answer = answers.shift() ?? new Response("no answer left", { status: 500 });
      if (answer instanceof Error) return Promise.reject(answer);
      Object.defineProperty(answer, "url", { value: "https://scm.example/" });
      return Promise.resolve(answer);
    },
  };
}

function clock() {
  let now = 0;
  return {
    now: () => now,
    sleep: (milliseconds: number) => Promise.resolve((now += milliseconds)),
  };
}

const accepted = (id: string) =>
  new Response("", { status: 202, headers: { "SCM-DEPLOYMENT-ID": id } });
const deployment = (status: number, extra = {}) => Response.json({ status, ...extra });
const PUBLISH = "POST /api/publish?type=zip&async=true";

describe("publishPackage", () => {
  it("follows its own deployment to the end", async () => {
    const scm = scmOf(accepted("d1"), deployment(1), deployment(4));
    await publishPackage(scm, zip, clock());
    expect(scm.asked).toEqual([PUBLISH, "GET /api/deployments/d1", "GET /api/deployments/d1"]);
  });

  it("sends the package again while SCM restarts or is busy, and when a restart lost the deployment", async () => {
    const gone = new Response("", { status: 404 });
    const restarting = new Response("", { status: 503 });
    const busy = new Response("There is a deployment currently in progress.", { status: 409 });
    const scm = scmOf(
      unreachable,
      unanswered,
      restarting,
      busy,
      accepted("d1"),
      gone,
      accepted("d2"),
      deployment(4),
    );
    await publishPackage(scm, zip, clock());
    expect(scm.asked.filter((line) => line === PUBLISH)).toHaveLength(6);
    expect(scm.asked.at(-1)).toBe("GET /api/deployments/d2");
  });

  it("keeps following a deployment through a restart of SCM that did not lose it", async () => {
    const cutOff = Object.assign(deployment(1), { json: () => Promise.reject(unreachable) });
    const scm = scmOf(accepted("d1"), unreachable, unanswered, cutOff, deployment(4));
    await publishPackage(scm, zip, clock());
    expect(scm.asked.filter((line) => line === PUBLISH)).toHaveLength(1);
  });

  it.each([3, 5, 6])("refuses a deployment of status %d with what SCM said", async (status) => {
    const scm = scmOf(accepted("d1"), deployment(status, { status_text: "disk full" }));
    await expect(publishPackage(scm, zip, clock())).rejects.toThrow(
      "deployment d1 failed; SCM said: disk full",
    );
  });

  it("refuses at once when SCM refuses the deployer", async () => {
    const scm = scmOf(new Response("not allowed", { status: 403 }));
    await expect(publishPackage(scm, zip, clock())).rejects.toThrow(
      "cannot publish the package: scm.example answered 403 not allowed",
    );
    expect(scm.asked).toEqual([PUBLISH]);
  });

  it("gives up after ten minutes, saying what it last saw", async () => {
    const last = "the package was not published within 10 minutes; last:";
    const restarting = Array.from({ length: 300 }, () => new Response("", { status: 503 }));
    await expect(publishPackage(scmOf(...restarting), zip, clock())).rejects.toThrow(
      `${last} SCM answered 503`,
    );
    const building = Array.from({ length: 600 }, () => deployment(1));
    await expect(publishPackage(scmOf(accepted("d1"), ...building), zip, clock())).rejects.toThrow(
      `${last} deployment d1 was still running`,
    );
  });
});

describe("deployedHash", () => {
  it("hashes what is deployed, so that a package published by somebody else shows", async () => {
    const { hash, zip: deployed } = packFiles({ "main.cjs": new TextEncoder().encode("1") });
    const scm = scmOf(new Response("p1.zip\n"), new Response(Buffer.from(deployed)));
    expect(await deployedHash(scm)).toBe(hash);
    expect(scm.asked).toEqual([
      "GET /api/vfs/data/SitePackages/packagename.txt",
      "GET /api/vfs/data/SitePackages/p1.zip",
    ]);
  });

  it("is undefined where nothing was ever published, and refuses any other answer", async () => {
    expect(await deployedHash(scmOf(new Response("", { status: 404 })))).toBeUndefined();
    await expect(deployedHash(scmOf(new Response("no", { status: 401 })))).rejects.toThrow(
      "cannot read the name of the deployed package: scm.example answered 401 no",
    );
  });
});

import { describe, expect, it } from "vitest";
import { deployedHash } from "../../../infra/package/deployed-hash.ts";
import { publishPackage } from "../../../infra/package/publish-package.ts";
import {
  type Answers,
  accepted,
  answer,
  built,
  ended,
  fails,
  publishPath,
  running,
  runtime,
  virtualSite,
} from "./virtual-site.ts";

const minute = 60_000;
const unavailable = answer(503, "The service is unavailable.");
const busy = answer(
  409,
  "There is a deployment currently in progress. Please try again when it completes.",
);
const publish = (site: ReturnType<typeof virtualSite>) =>
  publishPackage(site, built, site.patience);

/** A publish that must fail: what it said, and when. */
async function refusalOf(answers: Partial<Answers>, isNew = false) {
  const site = virtualSite(answers, { isNew });
  const error: unknown = await publish(site).catch((reason: unknown) => reason);
  return { ...site, message: error instanceof Error ? error.message : "", after: site.now() };
}

const notStarted = () => runtime("RuntimeFailed", { errors: [{ message: "did not start" }] });

const hashOf = (file: Answers["file"]) => {
  const site = virtualSite({ file });
  return deployedHash(site, site.patience);
};

describe("publishPackage", () => {
  it("asks for a tracked deployment to wwwroot and ends when Resource Manager says that the site runs", async () => {
    const site = virtualSite({
      status: (now) => runtime(now < 9000 ? "RuntimeStarting" : "RuntimeSuccessful"),
    });
    await publish(site);
    expect(site.asked.slice(0, 3)).toEqual([
      "GET /api/deployments/",
      `POST ${publishPath}`,
      "resource manager /deploymentStatus/d1",
    ]);
    expect(site.asked.at(-1)).toBe("GET /api/vfs/site/wwwroot/package-hash.txt");
    expect(site.posts).toHaveLength(1);
    expect(site.said).toEqual([
      "waiting: deployment d1: SCM has deployed it; Resource Manager says RuntimeStarting",
    ]);
  });

  it("sends the package once although nobody knows its deployment before it is fetched", async () => {
    const temporary = { id: "temp-1", ...running, is_temp: true, progress: "Fetching changes." };
    const site = virtualSite({
      list: (now, sent) => {
        if (sent === 0) return answer(200, []);
        return answer(200, [now < 5 * minute ? temporary : { id: "d1", ...ended }]);
      },
      status: (now) => (now < 5 * minute ? answer(404) : runtime("RuntimeSuccessful")),
    });
    await publish(site);
    expect(site.posts).toHaveLength(1);
    expect(site.said).toContain(
      'waiting: deployment d1: SCM says "Fetching changes."; Resource Manager does not know it',
    );
  });

  it("waits until SCM answers before it sends anything", async () => {
    const site = virtualSite({
      list: (now, sent) => {
        if (now < 2 * minute) return unavailable;
        return answer(200, sent === 0 ? [] : [{ id: "d1", ...ended }]);
      },
    });
    await publish(site);
    expect(site.posts).toEqual([expect.toSatisfy((at: number) => at >= 2 * minute)]);
  });

  it.each([
    ["a reset", fails("ECONNRESET")],
    ["a 504 of the front end", answer(504)],
    ["an SCM that names no id", answer(202)],
  ])("takes up what SCM made of a package whose answer was lost to %s", async (_what, lost) => {
    const old = { id: "temp-0", status: 3, complete: true, is_temp: true };
    const site = virtualSite({
      publish: () => lost,
      list: (now, sent) => {
        if (sent === 0) return answer(200, [old]);
        const fresh =
          now < 20_000 ? { id: "temp-1", ...running, is_temp: true } : { id: "d7", ...ended };
        return answer(200, [old, fresh]);
      },
    });
    await publish(site);
    expect(site.posts).toHaveLength(1);
    expect(site.asked).toContain("resource manager /deploymentStatus/d7");
  });

  it("sends again when SCM has known nothing of ours for a minute, and never before", async () => {
    const site = virtualSite({
      publish: (_now, sent) => (sent === 1 ? fails("ECONNRESET") : accepted("d2")),
      list: (_now, sent) => answer(200, sent < 2 ? [] : [{ id: "d2", ...ended }]),
    });
    await publish(site);
    const [first = 0, second = 0] = site.posts;
    expect([site.posts.length, second - first >= minute]).toEqual([2, true]);
    expect(site.said).toContain("SCM knows of no deployment of the package; it is sent again");
  });

  it("counts that minute anew after an outage, which may have lost the deployment or not", async () => {
    const away = (now: number) => now > 10_000 && now < 3 * minute;
    const site = virtualSite({
      publish: (_now, sent) => accepted(`d${sent}`),
      status: (now) => (now < 3 * minute ? answer(404) : runtime("BuildInProgress")),
      list: (now, sent) => {
        if (away(now)) return fails("ECONNREFUSED");
        if (sent === 1 && now < 10_000) return answer(200, [{ id: "d1", ...running }]);
        return answer(200, sent < 2 ? [] : [{ id: "d2", ...ended }]);
      },
    });
    await publish(site).catch(() => undefined);
    expect(site.posts[1]).toBeGreaterThanOrEqual(4 * minute);
  });

  it("sends again what SCM refused because it was busy", async () => {
    const site = virtualSite({ publish: (now) => (now < minute ? busy : accepted("d1")) });
    await publish(site);
    expect(site.said[0]).toMatch(/^waiting: cannot publish the package: .*in progress/);
  });

  it.each([
    ["404", answer(404, "<html><h1>404 Web Site not found</h1></html>")],
    ["401", answer(401)],
    ["403", answer(403)],
    ["no address", fails("ENOTFOUND")],
  ])(
    "waits for a site that was just made and answers %s, and for no other",
    async (_what, young) => {
      const list: Answers["list"] = (now, sent) =>
        now < 4 * minute ? young : answer(200, sent === 0 ? [] : [{ id: "d1", ...ended }]);
      await publish(virtualSite({ list }, { isNew: true }));
      const { message, after, posts } = await refusalOf({ list });
      expect([message.split(":")[0], after, posts]).toEqual([
        "cannot list the site's deployments",
        0,
        [],
      ]);
      expect((await refusalOf({ list: () => young }, true)).after).toBeLessThan(6 * minute);
    },
  );

  it.each([
    [
      answer(409, "Run-From-Zip is set to a remote URL using WEBSITE_RUN_FROM_PACKAGE"),
      'scm.example answered 409 "Run-From-Zip is set to a remote URL using WEBSITE_RUN_FROM_PACKAGE"; the site runs a package from elsewhere, by a setting that this stack does not make; delete the app setting WEBSITE_RUN_FROM_PACKAGE and run pulumi up again',
    ],
    [
      answer(409, "There is an auto swap deployment currently ongoing"),
      'scm.example answered 409 "There is an auto swap deployment currently ongoing"',
    ],
    [
      answer(403, "<p>Ip Forbidden</p>", { "x-ms-forbidden-ip": "203.0.113.9" }),
      'scm.example answered 403 "Ip Forbidden"; the access restrictions of SCM keep this machine\'s address out; admit it in scmIpSecurityRestrictions, or publish from an address that is admitted',
    ],
    [
      answer(403, "This web app is stopped."),
      'scm.example answered 403 "This web app is stopped."; the site is stopped, or its plan has used up what it may; start it with `az webapp start`',
    ],
    [answer(500, "disk full"), 'scm.example answered 500 "disk full"'],
    [answer(413), "scm.example answered 413"],
    [
      fails("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"),
      "scm.example gave no answer: self-signed certificate; this machine does not trust the certificate that was shown: something on the way intercepts TLS; let Node trust its authority (NODE_EXTRA_CA_CERTS); never switch the check off",
    ],
  ])("tells at once what does not pass: %#", async (refused, told) => {
    const { message, after, posts } = await refusalOf({ publish: () => refused }, true);
    expect([message, after, posts]).toEqual([`cannot publish the package: ${told}`, 0, [0]]);
  });

  it("tells what SCM said last, with its cause and what to do, when it stays away", async () => {
    const { message, after } = await refusalOf({ list: () => unavailable });
    expect(message).toBe(
      "cannot list the site's deployments: scm.example answered 503 \"The service is unavailable.\"; the service restarts, is overloaded or has an outage; wait a few minutes and run pulumi up again; when it stays, look at Azure's status page",
    );
    expect(after).toBeLessThan(16 * minute);
  });

  it("refuses a site that never gets to run in its time", async () => {
    const { message } = await refusalOf({ status: () => runtime("RuntimeStarting") });
    expect(message).toBe(
      "it took longer than 15 minutes; last: deployment d1: SCM has deployed it; Resource Manager says RuntimeStarting",
    );
  });

  it("takes SCM's word, with a warning, when Resource Manager never tells how the site fares", async () => {
    const site = virtualSite({
      status: () => answer(403, '{"error":{"code":"AuthorizationFailed"}}'),
    });
    await publish(site);
    expect(site.now()).toBeGreaterThanOrEqual(2 * minute);
    expect(site.said.at(-1)).toMatch(
      /^warning: the package is deployed, and whether the site runs with it nobody told; .*AuthorizationFailed/,
    );
  });

  it("refuses a site that runs another package in the end", async () => {
    const { message } = await refusalOf({ file: () => answer(200, "b".repeat(64)) });
    expect(message).toBe(
      `the site runs another package than the published one (${"b".repeat(64)} in place of ${built.hash}): somebody else publishes to it; find out who, and run pulumi up again`,
    );
  });
});

describe("a deployment that fails", () => {
  it.each([3, 5, 6])("with SCM's status %d is refused with what SCM said", async (status) => {
    const failed = { id: "d1", status, status_text: "disk full", complete: true };
    const { message } = await refusalOf({
      list: (_now, sent) => answer(200, sent === 0 ? [] : [failed]),
      status: () => answer(404),
    });
    expect(message).toBe(
      "deployment d1 failed; SCM said: disk full; `az webapp log deployment show` tells more",
    );
  });

  it("before it has its id is refused as well", async () => {
    const failed = {
      id: "temp-1",
      status: 3,
      status_text: "no zip",
      complete: true,
      is_temp: true,
    };
    const { message, posts } = await refusalOf({
      list: (_now, sent) => answer(200, sent === 0 ? [] : [failed]),
      status: () => answer(404),
    });
    expect(message).toContain("deployment temp-1 failed; SCM said: no zip");
    expect(posts).toHaveLength(1);
  });

  const logs = [
    {
      machineName: "lw0",
      lastUpdated: "2026-11-30T10:00:02Z",
      path: "/home/LogFiles/platform.log",
    },
    {
      machineName: "lw0_default",
      lastUpdated: "2026-11-29T10:00:00Z",
      path: "/home/LogFiles/old.log",
    },
    {
      machineName: "lw0_default",
      lastUpdated: "2026-11-30T10:00:00Z",
      path: "/home/LogFiles/new.log",
    },
  ];

  it("because the site does not start ends with the last lines of its output, without tokens", async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const { message } = await refusalOf({
      status: notStarted,
      file: (path) => {
        if (path === "/api/logs/docker") return answer(200, logs);
        if (path !== "/api/vfs/LogFiles/new.log") return answer(404);
        return answer(
          200,
          [...lines, "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln", ""].join("\n"),
        );
      },
    });
    expect(message).toBe(
      [
        "the site does not run with the package: Resource Manager says RuntimeFailed: did not start; the last lines of its output:",
        ...lines.slice(-19).map((line) => `  ${line}`),
        "  Bearer [token]",
      ].join("\n"),
    );
  });

  it.each([
    [answer(200, []), "it printed nothing that was kept"],
    [answer(200, "<html>"), "it printed nothing that was kept"],
    [
      answer(500),
      "its output cannot be read: cannot list the site's logs: scm.example answered 500",
    ],
  ])(
    "because the site does not start says so when its output cannot be had: %#",
    async (list, said) => {
      const { message } = await refusalOf({ status: notStarted, file: () => list });
      expect(message).toContain(`RuntimeFailed: did not start; ${said}`);
    },
  );
});

describe("deployedHash", () => {
  it("is what the package itself says", async () => {
    expect(await hashOf(() => answer(200, `${built.hash}\n`))).toBe(built.hash);
  });

  it.each([answer(404), answer(200, "another file"), answer(200, "<html></html>")])(
    "is undefined where no package of ours is: %#",
    async (file) => {
      expect(await hashOf(() => file)).toBeUndefined();
    },
  );

  it("refuses an answer that tells nothing", async () => {
    await expect(hashOf(() => answer(401, "no"))).rejects.toThrow(
      'cannot read the deployed package: scm.example answered 401 "no"; the sign-in is not taken',
    );
  });
});

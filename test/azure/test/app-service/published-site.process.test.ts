import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { baseSettings, SiteWorld, source } from "./site-world.ts";

// Documents: "Run your app from a package", "Configure an App Service app". Real HTTPS, a real process; no Azure.

let world: SiteWorld;

beforeAll(async () => {
  world = await SiteWorld.start();
});

afterAll(() => world.close());

beforeEach(() => world.renew());

describe("a published site", () => {
  it("runs the bytes it received with its settings and nothing of this process's environment", async () => {
    expect(await world.publish()).toMatchObject({ status: 4, status_text: "" });
    const { env, headers } = await world.told();
    const loopback = { HOST: "127.0.0.1" };
    expect(env).toMatchObject({ ...baseSettings, ...loopback, WEBSITE_SITE_NAME: "site" });
    const platform = [
      "HOME",
      "HOST",
      "IDENTITY_ENDPOINT",
      "IDENTITY_HEADER",
      "LANG",
      "NODE_EXTRA_CA_CERTS",
    ];
    const node = ["NODE_OPTIONS", "PATH", "PORT"];
    const website = Object.keys(env).filter((name) => name.startsWith("WEBSITE_"));
    expect(Object.keys(env).sort()).toEqual(["GREETING", ...platform, ...node, ...website].sort());
    expect(headers).toMatchObject({ "x-client-ip": "127.0.0.1", "x-forwarded-proto": "https" });
  });

  it("runs what it received once a publisher who waits is answered", async () => {
    const body = zipSync({ "main.cjs": strToU8(source) });
    const path = "/api/publish?type=zip&trackDeploymentProgress=true";
    const answer = await world.scm(path, { method: "POST", body });
    expect(answer.status).toBe(200);
    const id = String(answer.headers["scm-deployment-id"]);
    const deployment = await world.scm(`/api/deployments/${id}`);
    expect(JSON.parse(deployment.body)).toMatchObject({ complete: true, status: 4 });
    expect((await world.told()).env["WEBSITE_SITE_NAME"]).toBe("site");
  });

  it("restarts with new settings at the same address", async () => {
    await world.publish();
    const before = await world.told();
    const hosts = await world.appService.siteHostNames(world.site);
    await world.putSite({}, { ...baseSettings, GREETING: "bye" });
    const after = await world.told();
    expect(after.env["GREETING"]).toBe("bye");
    expect(after.pid).not.toBe(before.pid);
    expect(() => process.kill(before.pid, 0)).toThrow("ESRCH");
    expect(await world.appService.siteHostNames(world.site)).toEqual(hosts);
  });

  it("has a request wait until it listens", async () => {
    const slow = `const server = require("node:http").createServer((_, answer) => answer.end("up"));
setTimeout(() => server.listen(process.env.PORT), 500);`;
    await world.publish({ "main.cjs": slow });
    const { status, body } = await world.front("/");
    expect([status, body]).toEqual([200, "up"]);
  });

  it("has no request wait for a process that ends instead of listening", async () => {
    await world.publish({ "main.cjs": "process.exit(1)" });
    expect((await world.front("/")).status).toBe(503);
  });

  it("keeps its process over a change that the process cannot see", async () => {
    await world.publish();
    const { pid } = await world.told();
    await world.putSite({ alwaysOn: true });
    expect((await world.told()).pid).toBe(pid);
  });

  it("streams a large body both ways", async () => {
    await world.publish();
    await world.told();
    const body = "x".repeat(8 * 1024 * 1024);
    const answer = await world.front("/echo", { method: "POST", body });
    expect([answer.status, answer.body.length]).toEqual([200, body.length]);
  });

  it("is started again when its process ends by itself", async () => {
    await world.publish();
    const { pid } = await world.told();
    process.kill(pid, "SIGKILL");
    await eventually(async () => expect((await world.told()).pid).not.toBe(pid));
  });

  it("leaves no process when it is deleted", async () => {
    await world.publish();
    const { pid } = await world.told();
    await world.owner("DELETE", `${world.site}?deleteEmptyServerFarm=false`);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("gives its files back, and nothing beside them", async () => {
    await world.publish({ "main.cjs": source, "data/package-hash.txt": "abc" });
    const file = (path: string) => world.scm(`/api/vfs/site/wwwroot/${path}`);
    expect((await file("data/package-hash.txt")).body).toBe("abc");
    expect((await file("data")).status).toBe(501);
    expect([(await file("none")).status, (await file("none")).body]).toEqual([
      404,
      "'/home/site/wwwroot/none' not found.",
    ]);
    expect((await file("..%2f..%2fLogFiles")).status).toBe(404);
    expect((await world.scm("/api/vfs/data/SitePackages/packagename.txt")).status).toBe(404);
  });

  it("has only the files of the package published last", async () => {
    await world.publish({ "main.cjs": source, "old.txt": "x" });
    await world.publish({ "main.cjs": source });
    expect((await world.scm("/api/vfs/site/wwwroot/old.txt")).status).toBe(404);
  });

  it("keeps what it prints, without tokens, once its logs are on, and gives that back", async () => {
    const { status } = await world.owner("PUT", `${world.site}/config/logs`, {
      properties: { httpLogs: { fileSystem: { enabled: true, retentionInDays: 3 } } },
    });
    expect(status).toBe(200);
    const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    await world.publish({ "main.cjs": `console.log("hello ${token}");${source}` });
    await world.told();
    const logs = JSON.parse((await world.scm("/api/logs/docker")).body) as {
      machineName: string;
      path: string;
      href: string;
    }[];
    expect(logs).toEqual([
      {
        machineName: "local_default",
        lastUpdated: expect.any(String),
        size: expect.any(Number),
        path: expect.stringMatching(
          /^\/home\/LogFiles\/\d{4}_\d\d_\d\d_local_default_docker\.log$/,
        ),
        href: expect.stringMatching(/^https:\/\/localhost:\d+\/api\/vfs\/LogFiles\//),
      },
    ]);
    const { body } = await world.scm(new URL(logs[0]?.href ?? "").pathname);
    expect(body).toMatch(/^\d{4}-\S+Z hello \[token\]\n$/);
  });

  it("keeps nothing of what it prints before its logs are on", async () => {
    await world.publish({ "main.cjs": `console.log("hello");${source}` });
    await world.told();
    expect((await world.scm("/api/logs/docker")).body).toBe("[]");
  });

  it("that runs from its package gives that back byte for byte", async () => {
    await world.putSite({}, { ...baseSettings, WEBSITE_RUN_FROM_PACKAGE: "1" });
    await world.publish({ "main.cjs": source, "package-hash.txt": "abc" });
    const name = (await world.scm("/api/vfs/data/SitePackages/packagename.txt")).body;
    expect(name).toMatch(/\.zip$/);
    const zip = await world.scm(`/api/vfs/data/SitePackages/${name}`);
    expect([zip.status, zip.body.slice(0, 2)]).toEqual([200, "PK"]);
    expect((await world.scm("/api/vfs/data/SitePackages/other.zip")).status).toBe(404);
  });

  it("names the deployment that was published last as latest", async () => {
    await world.publish();
    const list = JSON.parse((await world.scm("/api/deployments")).body) as { id: string }[];
    const latest = JSON.parse((await world.scm("/api/deployments/latest")).body) as { id: string };
    expect(latest.id).toBe(list[0]?.id);
  });

  it("keeps tokens out of the log", async () => {
    const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    await world.publish({ "main.cjs": `console.log("token ${token}");${source}` });
    await world.told();
    const lines = world.tenants.logged.filter((line) => line.includes("site-output"));
    expect(lines.join()).toContain("token [token]");
    expect(lines.join()).not.toContain(token);
  });
});

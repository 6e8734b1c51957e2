import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { SiteWorld, source } from "./site-world.ts";

// dotnet/aspnetcore issues 40532 and 44461, Azure/azure-functions-host issue 9290. Real HTTPS, a real process; no Azure.

let world: SiteWorld;

beforeAll(async () => {
  const pings = { alwaysOn: 50, healthCheck: 50 };
  world = await SiteWorld.start({ pings, passesSigterm: false });
  await world.putSite();
  await world.publish();
});

afterAll(() => world.close());

describe("App Service's front end", () => {
  it.each([
    ["/blobs/2026%2Fjan.pdf", "/blobs/2026/jan.pdf"],
    ["/blobs/2026%2fjan%5Cx?a=%2F", "/blobs/2026/jan/x?a=%2F"],
    ["/a%2F..%2Fb", "/b"],
    ["/100%25%20%252F", "/100%25%20%252F"],
  ])("asks the site for %s as %s, and tells what it was", async (path, url) => {
    const told = await world.told(path);
    expect(told.url).toBe(url);
    expect(told.headers).toMatchObject({ "x-waws-unencoded-url": path, "x-original-url": path });
  });

  it("tells who asks, whatever a client says", async () => {
    const forged = {
      "x-forwarded-for": "203.0.113.1",
      "x-client-ip": "203.0.113.1",
      "x-waws-unencoded-url": "/forged",
    };
    const { headers } = await world.told("/", forged);
    expect(headers).toMatchObject({
      "x-forwarded-for": expect.stringMatching(/^203\.0\.113\.1, 127\.0\.0\.1:\d+$/),
      "x-client-ip": "127.0.0.1",
      "x-client-port": expect.stringMatching(/^\d+$/),
      "x-waws-unencoded-url": "/",
      "x-arr-log-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

const asked = async () =>
  [...new Set(JSON.parse((await world.front("/asked")).body) as string[])].sort();

describe("the platform itself", () => {
  const pinged = `const asked = [];
require("node:http").createServer((request, response) => {
  const { url, headers } = request;
  if (url === "/asked") return response.end(JSON.stringify(asked));
  asked.push(headers["user-agent"] + " " + url);
  response.end();
}).listen(process.env.PORT);`;
  it("asks for / to keep a site on and for its health, past its access restrictions, where it is to", async () => {
    await world.publish({ "main.cjs": pinged });
    await world.putSite({ alwaysOn: true });
    const alwaysOn = "AlwaysOn /";
    await eventually(async () => expect(await asked()).toEqual([alwaysOn]));
    await world.putSite({ healthCheckPath: "/healthz" });
    await eventually(async () =>
      expect(await asked()).toEqual([alwaysOn, "HealthCheck/1.0 /healthz"]),
    );
  });

  it("may kill a site that it stops without a word", async () => {
    const heeds = `process.on("SIGTERM", () => console.log("heard"));${source}`;
    await world.publish({ "main.cjs": heeds });
    await world.told();
    await world.publish();
    expect(world.tenants.logged.join("\n")).not.toContain("heard");
  });
});

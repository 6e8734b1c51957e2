import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { eventually } from "../eventually.ts";
import { httpsRequest } from "./https-client.ts";
import { publishPath, SiteWorld, source } from "./site-world.ts";

// Documents: "Deploy files to App Service" (zip), "Disable basic authentication". Real HTTPS, a real process; no Azure.

let world: SiteWorld;

beforeAll(async () => {
  world = await SiteWorld.start();
});

afterAll(() => world.close());

beforeEach(() => world.renew());

describe("Deploy files to App Service, refusals", () => {
  it("refuses a package that names a file outside of its folder", async () => {
    const deployment = await world.publish({ "../escaped.txt": "x", "main.cjs": source });
    expect(deployment).toMatchObject({
      status: 3,
      status_text: 'the package names a file outside of its folder: "../escaped.txt"',
    });
  });

  it("refuses a file that cannot be written, without the path of a folder of this machine", async () => {
    const name = "x".repeat(300);
    expect(await world.publish({ [name]: "x", "main.cjs": source })).toMatchObject({
      status: 3,
      status_text: `the package's file "${name}" cannot be written: ENAMETOOLONG`,
    });
  });

  it("refuses basic authentication", async () => {
    const answer = await world.scm(publishPath, { method: "POST", authorization: "Basic eDp5" });
    expect([answer.status, answer.body]).toEqual([
      401,
      "basic authentication is disabled for this site",
    ]);
  });

  it("refuses a request without a token", async () => {
    const answer = await world.scm(publishPath, { method: "POST", authorization: "" });
    expect([answer.status, answer.body]).toEqual([401, "the request has no Authorization header"]);
  });

  it("refuses a token for storage", async () => {
    const authorization = await world.tenants.bearer(world.ownerPrincipal, "storage");
    const answer = await world.scm(publishPath, { method: "POST", authorization });
    expect([answer.status, answer.body]).toEqual([401, "the token is for another audience"]);
  });

  it("refuses a token of another tenant", async () => {
    const stranger = world.tenants.principal(world.tenants.other);
    world.tenants.grant(stranger, "Owner", world.site);
    const authorization = await world.tenants.bearer(stranger, "resource-manager");
    const answer = await world.scm(publishPath, { method: "POST", authorization });
    expect([answer.status, answer.body]).toEqual([
      401,
      "the token is of another tenant than the site's",
    ]);
  });

  it("refuses a caller who may not publish", async () => {
    const reader = world.tenants.principal(world.tenants.home);
    world.tenants.grant(reader, "Reader", world.site);
    const authorization = await world.tenants.bearer(reader, "resource-manager");
    const answer = await world.scm(publishPath, { method: "POST", authorization });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("to perform action 'Microsoft.Web/sites/publish/action'");
  });

  it("refuses an unknown deployment", async () => {
    const answer = await world.scm("/api/deployments/none");
    expect([answer.status, answer.body]).toEqual([
      404,
      JSON.stringify({ Message: "Deployment 'none' not found." }),
    ]);
  });

  it("refuses an archive that is none, to a publisher who waits for the end", async () => {
    const answer = await world.scm("/api/publish?type=zip", { method: "POST", body: "no zip" });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/^Package deployment failed: .*zip/);
  });

  it("refuses to publish to a site that runs from a package elsewhere", async () => {
    await world.putSite({}, { WEBSITE_RUN_FROM_PACKAGE: "https://packages.example/site.zip" });
    const answer = await eventually(async () => {
      const current = await world.scm(publishPath, { method: "POST", body: "PK" });
      expect(current.status).toBe(409);
      return current;
    });
    expect(answer.body).toMatch(
      /^Run-From-Zip is set to a remote URL using WEBSITE_RUN_FROM_PACKAGE/,
    );
  });

  it("refuses everything for a moment after a settings change", async () => {
    const slow = createAppService(world.tenants.azure, issueManagedIdentityToken, {
      scmRestartMilliseconds: 60_000,
    });
    const resource = structuredClone(
      world.tenants.azure.state.resources.get(world.site.toLowerCase()),
    );
    if (resource === undefined) throw new Error("no site");
    await slow.applySite(resource);
    const url = `https://${(await slow.siteHostNames(world.site)).scm}/api/deployments`;
    const headers = {
      authorization: await world.tenants.bearer(world.ownerPrincipal, "resource-manager"),
    };
    const { ca } = world.tenants.azure.certificate;
    expect((await httpsRequest(url, ca, { headers })).status).toBe(200);
    resource.properties["siteConfig"] = { appSettings: [{ name: "NEW", value: "1" }] };
    await slow.applySite(resource);
    const answer = await httpsRequest(url, ca, { headers });
    expect([answer.status, answer.body]).toEqual([503, "The service is unavailable."]);
    await slow.close();
  });
});

import { tmpdir } from "node:os";
import { join } from "node:path";
import { findApplication, findServicePrincipal } from "local-azure/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../support/browser.ts";
import { askSite } from "../support/site-answer.ts";
import { outputs, stage } from "./stage.ts";

const hostileName = "<img src=x onerror=alert(1)>.txt";

let browser: Browser;
let page: Page;
/** What the page asked for and what went wrong in it, since it was opened. */
const requested: string[] = [];
const troubles: string[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  const blob = `/api/targets/invoices/blobs/${encodeURIComponent(hostileName)}`;
  const put = await askSite(outputs.siteUrl, blob, { method: "PUT", body: "harmless" });
  expect(put).toMatchObject({ status: 201 });
  // The certificate is the local Azure's, which the browser does not know.
  page = await browser.newPage({ ignoreHTTPSErrors: true });
  page.setDefaultTimeout(0);
  page.on("request", (request) => requested.push(request.url()));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(outputs.siteUrl);
  await page.waitForURL("**/overview");
});
afterAll(() => browser.close());

describe("the deployed site's page in a browser", () => {
  it("shows identity, application, target and the last exchange with its claims", async () => {
    const [target] = outputs.targets;
    const principal = findServicePrincipal(
      stage.azure.state,
      target?.tenantId ?? "",
      outputs.applicationClientId,
    );
    expect(await facts("Managed identity")).toEqual({
      "Client id": outputs.managedIdentityClientId,
      "Principal id": outputs.managedIdentityPrincipalId,
      ...validToken,
      Issuer: `${outputs.authorityHost}/${homeTenantId()}/v2.0`,
      Tenant: homeTenantId(),
      Application: outputs.managedIdentityClientId,
      Subject: outputs.managedIdentityPrincipalId,
      Audience: "fb60f99c-7a34-4190-8149-302f77469936",
      "Issued at": anyTime,
      "Not before": anyTime,
      "Expires at": anyTime,
    });
    expect(await facts("Application")).toEqual({
      "Client id": outputs.applicationClientId,
      "Trusts tokens for": outputs.exchangeAudience,
      "Signs in at": outputs.authorityHost,
    });
    expect(await facts("Target invoices")).toEqual({
      "Tenant id": target?.tenantId,
      "Storage endpoint": target?.blobEndpoint,
      Container: "invoices",
      ...validToken,
      Issuer: `https://sts.windows.net/${target?.tenantId}/`,
      Tenant: target?.tenantId,
      Application: outputs.applicationClientId,
      Subject: principal?.objectId,
      Audience: "https://storage.azure.com",
      "Issued at": anyTime,
      "Not before": anyTime,
      "Expires at": anyTime,
    });
    const lastExchange = section("Target invoices").locator("p.succeeded");
    expect(await lastExchange.innerText()).toMatch(/^succeeded at \d{4}-\d\d-\d\dT/);
  });

  it("shows the name of a blob as text, whatever is in it, and gives the blob as a download", async () => {
    const link = page.getByRole("link", { name: hostileName, exact: true });
    expect(await link.innerText()).toBe(hostileName);
    expect(await page.locator("img, script, iframe").count()).toBe(0);
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(await (await download.createReadStream()).toArray()).toEqual([Buffer.from("harmless")]);
  });

  it("asks nobody but the site for anything, and nothing goes wrong in it", async () => {
    expect(requested.filter((url) => !url.startsWith(`${outputs.siteUrl}/`))).toEqual([]);
    expect(requested.length).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });

  it("leaves a screenshot in the temporary folder", async () => {
    // Kept, and written over by the next run, so that a person can look at it.
    const path = join(tmpdir(), "cross-tenant-data-page.png");
    const image = await page.screenshot({ path, fullPage: true });
    expect(image.subarray(1, 4).toString()).toBe("PNG");
  });
});

function homeTenantId(): string {
  return findApplication(stage.azure.state, outputs.applicationClientId)?.tenantId ?? "";
}

const anyTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
const anyDuration = expect.stringMatching(/^(\d+ h )?\d+ (min|s)/) as string;
const validToken = {
  State: "valid",
  Age: anyDuration,
  "Remaining life": anyDuration,
  "Next one from": anyTime,
  Counters: expect.stringMatching(/^\d+ served, 1 obtained, 0 failed, 0 rejected$/) as string,
};

function section(heading: string) {
  return page.getByRole("listitem").filter({
    has: page.getByRole("heading", { level: 2, name: heading }),
  });
}

/** Terms and descriptions under a heading, as a person reads them. */
async function facts(heading: string): Promise<Record<string, string>> {
  const part = section(heading);
  const [terms, descriptions] = await Promise.all([
    part.locator("dt").allInnerTexts(),
    part.locator("dd").allInnerTexts(),
  ]);
  return Object.fromEntries(terms.map((term, index) => [term, descriptions[index] ?? ""]));
}

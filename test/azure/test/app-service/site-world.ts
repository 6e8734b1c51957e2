import { strToU8, zipSync } from "fflate";
import { expect } from "vitest";
import {
  type AppService,
  type AppServiceOptions,
  createAppService,
} from "../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import { eventually } from "../eventually.ts";
import { createManagement, type Management } from "../resource-manager/management-client.ts";
import { type BareTenants, createBareTenants } from "../tenants/bare-tenants.ts";
import { type HttpsAnswer, httpsRequest } from "./https-client.ts";

/** A site that tells what it was given and asks the identity endpoint as it is told to. */
export const source = `
const http = require("node:http");
http.createServer(async (request, response) => {
  const url = new URL(request.url, "http://site");
  if (url.pathname === "/token") {
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = process.env;
    const header = url.searchParams.get("header") ?? IDENTITY_HEADER;
    const answer = await fetch(IDENTITY_ENDPOINT + "?" + url.searchParams.get("query"), { headers: { "x-identity-header": header } });
    response.writeHead(answer.status).end(await answer.text());
  } else if (url.pathname === "/echo") request.pipe(response);
  else response.end(JSON.stringify({ pid: process.pid, env: process.env, url: request.url, headers: request.headers }));
}).listen(process.env.PORT);`;

export const baseSettings = { GREETING: "hello" };

export const publishPath = "/api/publish?type=zip&async=true&trackDeploymentProgress=true";

interface Options {
  method?: string;
  body?: Uint8Array | string;
  authorization?: string;
  headers?: Record<string, string>;
}

interface Told {
  pid: number;
  env: Record<string, string>;
  /** As the process was asked. */
  url: string;
  headers: Record<string, string>;
}

/** A working App Service for tests: one site with a user-assigned identity, and a principal that owns its subscription. */
export class SiteWorld {
  readonly tenants: BareTenants;
  readonly appService: AppService;
  readonly ownerPrincipal: ServicePrincipal;
  readonly as: (principal: ServicePrincipal) => Management;
  readonly owner: Management;
  /** Resource ids. */
  readonly site: string;
  readonly identity: string;

  private constructor(tenants: BareTenants, options: AppServiceOptions) {
    this.tenants = tenants;
    this.appService = createAppService(tenants.azure, issueManagedIdentityToken, {
      scmRestartMilliseconds: 0,
      scmFetchMilliseconds: 0,
      ...options,
    });
    this.ownerPrincipal = tenants.principal(tenants.home);
    this.as = createManagement(tenants, this.appService);
    this.owner = this.as(this.ownerPrincipal);
    const group = `/subscriptions/${tenants.home.subscriptionId}/resourceGroups/rg`;
    this.site = `${group}/providers/Microsoft.Web/sites/site`;
    this.identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/site`;
  }

  static async start(options: AppServiceOptions = {}): Promise<SiteWorld> {
    const tenants = await createBareTenants();
    const world = new SiteWorld(tenants, options);
    const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
    tenants.grant(world.ownerPrincipal, "Owner", subscription);
    await world.owner("PUT", `${subscription}/resourceGroups/rg`, { location: "westeurope" });
    await world.owner("PUT", world.identity, { location: "westeurope" });
    await world.owner("PUT", world.#plan, { location: "westeurope" });
    return world;
  }

  close(): Promise<void> {
    return this.appService.close();
  }

  /** Deletes the site and makes it again, without a package. */
  async renew(): Promise<void> {
    await this.owner("DELETE", `${this.site}?deleteEmptyServerFarm=false`);
    await this.putSite();
  }

  get #plan(): string {
    return this.site.replace("/sites/site", "/serverfarms/plan");
  }

  async putSite(
    siteConfig: Record<string, unknown> = {},
    settings: Record<string, string> = baseSettings,
    identity: unknown = { type: "UserAssigned", userAssignedIdentities: { [this.identity]: {} } },
  ): Promise<void> {
    const appSettings = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const { status, error } = await this.owner("PUT", this.site, {
      location: "westeurope",
      identity,
      properties: {
        serverFarmId: this.#plan,
        siteConfig: { appCommandLine: "node main.cjs", ...siteConfig, appSettings },
      },
    });
    expect([status, error]).toEqual([200, {}]);
  }

  async front(path: string, options: Options = {}): Promise<HttpsAnswer> {
    const { ca } = this.tenants.azure.certificate;
    const { main } = await this.appService.siteHostNames(this.site);
    return httpsRequest(`https://${main}${path}`, ca, options);
  }

  /** Asks the SCM site as the owner; an empty `authorization` leaves the header out. */
  async scm(path: string, options: Options = {}): Promise<HttpsAnswer> {
    const { ca } = this.tenants.azure.certificate;
    const authorization =
      options.authorization ?? (await this.tenants.bearer(this.ownerPrincipal, "resource-manager"));
    const headers: Record<string, string> = authorization === "" ? {} : { authorization };
    const { scm } = await this.appService.siteHostNames(this.site);
    return httpsRequest(`https://${scm}${path}`, ca, { ...options, headers });
  }

  /** Publishes a package and answers its deployment once that is complete. */
  async publish(files: Record<string, string> = { "main.cjs": source }) {
    const zip = zipSync(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
    );
    const accepted = await this.scm(publishPath, { method: "POST", body: zip });
    expect(accepted.status).toBe(202);
    return eventually(async () => {
      const deployment = JSON.parse((await this.scm("/api/deployments/latest")).body) as {
        id: string;
        complete: boolean;
        status: number;
        status_text: string;
      };
      expect(deployment.complete).toBe(true);
      return deployment;
    });
  }

  /** What the running site says. */
  async told(path = "/", headers: Record<string, string> = {}): Promise<Told> {
    const answer = await this.front(path, { headers });
    expect([answer.status, answer.body]).toEqual([200, expect.any(String)]);
    return JSON.parse(answer.body) as Told;
  }
}

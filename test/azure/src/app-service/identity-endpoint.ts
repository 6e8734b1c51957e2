import { Hono } from "hono";
import { type HttpService, startHttpService } from "../http/http-service.ts";
import type { Azure } from "../service/azure.ts";
import { type IssueManagedIdentityToken, TokenRefused } from "../service/token-issuer.ts";
import type { Resource } from "../world/resource-records.ts";
import { assignedIdentity, type IdentityApiVersion, IdentityRefused } from "./assigned-identity.ts";

/** A site as the identity endpoint knows it. */
export interface IdentityHolder {
  readonly site: Resource;
  readonly identityHeader: string;
}

/** App Service's managed identity endpoint: one plain HTTP listener on loopback for the processes of all sites. */
export class IdentityEndpoint {
  readonly #azure: Azure;
  readonly #app: Hono;
  #service: Promise<HttpService> | undefined;

  constructor(
    azure: Azure,
    issueToken: IssueManagedIdentityToken,
    sites: () => Iterable<IdentityHolder>,
  ) {
    this.#azure = azure;
    this.#app = createIdentityEndpoint(azure, issueToken, sites);
  }

  /** IDENTITY_ENDPOINT; starts listening when first asked. */
  async url(): Promise<string> {
    const service = (this.#service ??= this.#start());
    // One whose port is taken is not there to be closed, and may be asked for again.
    service.catch(() => (this.#service = undefined));
    return `${(await service).origin}/msi/token`;
  }

  async close(): Promise<void> {
    const service = await this.#service;
    this.#service = undefined;
    if (service === undefined) return;
    this.#azure.traffic.faults.release(service);
    await service.close();
  }

  async #start(): Promise<HttpService> {
    const listen = this.#azure.ports?.at("managed identity");
    const service = await startHttpService(this.#app, listen);
    await this.#azure.traffic.faults.guard("managed-identity", service);
    return service;
  }
}

/** Where each api-version carries the secret that names the site. */
const SECRET_HEADER: Record<IdentityApiVersion, string> = {
  "2019-08-01": "x-identity-header",
  "2017-09-01": "secret",
};

/** Observed (AzureAD/microsoft-authentication-library-for-dotnet, pull request 3794). */
const versionMissing = {
  error: {
    code: "ApiVersionUnspecified",
    message: "An API version is required, but was not specified.",
    innerError: null,
  },
};

/**
 * The endpoint's wire format, api-version 2019-08-01, and the older 2017-09-01
 * (https://learn.microsoft.com/azure/app-service/overview-managed-identity, REST endpoint reference).
 */
function createIdentityEndpoint(
  azure: Azure,
  issueToken: IssueManagedIdentityToken,
  sites: () => Iterable<IdentityHolder>,
): Hono {
  const app = new Hono();
  app.use(azure.traffic.middleware("managed-identity"));
  app.get("/msi/token", async (c) => {
    const query = new URL(c.req.url).searchParams;
    const version = query.get("api-version") ?? "";
    if (version === "") return c.json(versionMissing, 400);
    if (version !== "2019-08-01" && version !== "2017-09-01")
      return c.text(`api-version "${version}" is not emulated`, 501);
    const header = c.req.header(SECRET_HEADER[version]) ?? "";
    const holder = [...sites()].find(({ identityHeader }) => identityHeader === header);
    if (holder === undefined) return c.body(null, 401);
    try {
      return c.json(await answerToken(azure, issueToken, holder.site, query, version));
    } catch (error) {
      if (!(error instanceof IdentityRefused)) throw error;
      return c.json(refusal(error.message, version), 400);
    }
  });
  app.notFound((c) => c.text(`${c.req.method} ${c.req.path} is not emulated`, 501));
  app.onError((error, c) => {
    if (!(error instanceof TokenRefused)) throw error;
    azure.log("identity-endpoint-error", { error: error.message });
    // "occured" is how App Service spells it.
    const message = "An unexpected error occured while fetching the AAD Token.";
    return c.json({ statusCode: 500, message, correlationId: crypto.randomUUID() }, 500);
  });
  return app;
}

async function answerToken(
  azure: Azure,
  issueToken: IssueManagedIdentityToken,
  site: Resource,
  query: URLSearchParams,
  version: IdentityApiVersion,
): Promise<Record<string, string>> {
  const resource = query.get("resource");
  if (!resource) throw new IdentityRefused("The parameter 'resource' is required.");
  const principal = assignedIdentity(azure.state, site, query, version);
  const { token, expiresOn } = await issueToken(azure, principal, resource);
  const answer = { access_token: token, resource, token_type: "Bearer" };
  if (version === "2017-09-01") return { ...answer, expires_on: linuxDate(expiresOn) };
  const client_id = principal.appId.toUpperCase();
  return { ...answer, expires_on: String(expiresOn), client_id };
}

/** The older api-version writes its error's names with capitals (observed). */
function refusal(message: string, version: IdentityApiVersion): Record<string, unknown> {
  const correlationId = crypto.randomUUID();
  if (version === "2019-08-01") return { statusCode: 400, message, correlationId };
  return { StatusCode: 400, Message: message, CorrelationId: correlationId };
}

/** `09/14/2017 00:00:00 +00:00`: how the older api-version dates its tokens on Linux (azure-identity for Python reads both forms). */
function linuxDate(epochSeconds: number): string {
  const [date = "", time = ""] = new Date(epochSeconds * 1000).toISOString().split(/[T.]/);
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year} ${time} +00:00`;
}

import type { AppService } from "../../src/app-service/app-service.ts";
import { isJsonObject, type JsonObject } from "../../src/base/json.ts";
import { createKeyVault } from "../../src/key-vault/key-vault.ts";
import { supportedApiVersions } from "../../src/resource-manager/require-api-version.ts";
import { createResourceManager } from "../../src/resource-manager/resource-manager.ts";
import { createMetadata } from "../../src/surroundings/cloud-metadata.ts";
import type { ServicePrincipal } from "../../src/world/directory-records.ts";
import type { BareTenants } from "../tenants/bare-tenants.ts";

/** An answer of Resource Manager, its error apart so that tests read as code and text. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text says; empty when there is none, or XML. */
  readonly body: JsonObject;
  readonly error: { readonly code?: unknown; readonly message?: unknown };
}

/** Calls Resource Manager in-process as one principal. */
export type Management = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Gives each principal its client of one Resource Manager. */
export function createManagement(
  tenants: BareTenants,
  appService: AppService,
  keyVault = createKeyVault(tenants.azure),
): (principal: ServicePrincipal) => Management {
  const app = createResourceManager(
    tenants.azure,
    appService,
    keyVault,
    createMetadata(tenants.azure),
  );
  return (principal) => async (method, path, body) => {
    const response = await app.request(`https://localhost:9002${withApiVersion(method, path)}`, {
      method,
      headers: {
        authorization: await tenants.bearer(principal, "resource-manager"),
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answerOf(response);
  };
}

/** The path with a stable version of 2025 or before, unless it names one, as a client of that time sends it. */
export function withApiVersion(method: string, path: string): string {
  if (path.includes("api-version=")) return path;
  const version = supportedApiVersions(method, path.split("?")[0] ?? path).find(
    (known) => known < "2026" && !known.endsWith("-preview"),
  );
  return `${path}${path.includes("?") ? "&" : "?"}api-version=${version}`;
}

/** Reads a response. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isXml = response.headers.get("content-type") === "application/xml";
  const parsed: unknown = text === "" || isXml ? {} : JSON.parse(text);
  const body = isJsonObject(parsed) ? parsed : {};
  const error = isJsonObject(body["error"]) ? body["error"] : ownError(body);
  return { status: response.status, headers: response.headers, text, body, error };
}

/** App Service has no `error` around its errors, and begins its names with capitals. */
function ownError({ Code, Message }: JsonObject): Answer["error"] {
  return Code === undefined ? {} : { code: Code, message: Message };
}

/** The answer to the poll of `Location` after a 202. */
export async function follow(management: Management, accepted: Answer): Promise<Answer> {
  const location = new URL(accepted.headers.get("location") ?? "");
  const path = `${location.pathname}${location.search}`;
  let answer = await management("GET", path);
  while (answer.status === 202) {
    await new Promise(setImmediate);
    answer = await management("GET", path);
  }
  return answer;
}

import { isJsonObject, type JsonObject, objectField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { locationDisplayName } from "../engine/regions.ts";
import { findResource, putResource, requireTopLevelResource } from "../engine/resource-store.ts";
import { unsetAuthSettings } from "./auth-settings-defaults.ts";
import { withEtag } from "./web-etag.ts";

const type = "Microsoft.Web/sites/config";
const path =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}/config";

/** A document of a site's configuration, kept and answered as it was written. */
interface ConfigDocument {
  readonly name: string;
  /** How it is read: what may hold secrets by POST and a permission of its own. */
  readonly read: { readonly method: "GET" | "POST"; readonly suffix: "" | "/list" };
  /** What Azure answers before it was ever written. */
  readonly initial: JsonObject;
  /** What it answers for what a write left out. @default initial */
  readonly written?: JsonObject;
  /** Its id, name and type where they are not its own. */
  readonly named?: (site: Resource, method: "PUT" | "read") => JsonObject;
  /** What a document asks for that the local App Service would not do, undefined for nothing. */
  readonly beyond: (properties: JsonObject) => string | undefined;
}

const nothing = (): undefined => undefined;
const byPost = { method: "POST", suffix: "/list" } as const;
const byGet = { method: "GET", suffix: "" } as const;
const anyEntry = (what: string) => (properties: JsonObject) =>
  Object.keys(properties).length > 0 ? what : undefined;

const documents: readonly ConfigDocument[] = [
  {
    name: "connectionstrings",
    read: byPost,
    initial: {},
    beyond: anyEntry("connection strings"),
  },
  {
    name: "azurestorageaccounts",
    read: byPost,
    initial: {},
    // Read, it has the id of the application settings (6 of 6 recorded answers).
    named: ({ id }, method) => ({
      id: `${id}/config/${method === "PUT" ? "azurestorageaccounts" : "appsettings"}`,
      name: "azurestorageaccounts",
      type,
    }),
    beyond: anyEntry("mounted storage"),
  },
  { name: "metadata", read: byPost, initial: {}, beyond: nothing },
  {
    name: "authsettings",
    read: byPost,
    initial: { ...unsetAuthSettings, enabled: false, configVersion: "v1" },
    beyond: ({ enabled }) => (enabled === true ? "App Service authentication" : undefined),
  },
  {
    name: "authsettingsV2",
    read: { method: "GET", suffix: "/list" },
    initial: {
      platform: { enabled: false, runtimeVersion: "~1" },
      globalValidation: {},
      identityProviders: {},
      login: {},
      httpSettings: {},
    },
    beyond: ({ platform }) =>
      isJsonObject(platform) && platform["enabled"] === true
        ? "App Service authentication"
        : undefined,
  },
  {
    name: "slotConfigNames",
    read: byGet,
    // 101 of 101 recorded answers.
    named: ({ name, type: site }) => ({ id: null, name, type: site }),
    initial: { connectionStringNames: null, appSettingNames: null, azureStorageConfigNames: null },
    written: { connectionStringNames: [], appSettingNames: [], azureStorageConfigNames: [] },
    beyond: nothing,
  },
  {
    name: "logs",
    read: byGet,
    initial: {
      applicationLogs: {
        fileSystem: { level: "Off" },
        azureTableStorage: { level: "Off", sasUrl: null },
        azureBlobStorage: { level: "Off", sasUrl: null, retentionInDays: null },
      },
      httpLogs: {
        fileSystem: { enabled: false, retentionInMb: 35, retentionInDays: null },
        azureBlobStorage: { enabled: false, sasUrl: null, retentionInDays: 0 },
      },
      failedRequestsTracing: { enabled: false },
      detailedErrorMessages: { enabled: false },
    },
    beyond: nothing,
  },
];

/** Each is read and replaced as a whole (https://learn.microsoft.com/rest/api/appservice/web-apps). */
export const siteConfigDocumentOperations: Operation[] = documents.flatMap(
  (document): Operation[] => [
    {
      method: document.read.method,
      path: `${path}/${document.name}${document.read.suffix}`,
      action: `${type}/${document.read.method === "GET" ? "read" : "list/action"}`,
      handle: (request) => {
        const id = request.id.slice(0, request.id.length - document.read.suffix.length);
        return render({ ...request, id }, document, "read");
      },
    },
    withEtag({
      method: "PUT",
      path: `${path}/${document.name}`,
      action: `${type}/write`,
      handle: (request) => put(request, document),
    }),
  ],
);

function put(request: ManagementRequest, document: ConfigDocument): Response {
  requireTopLevelResource(request);
  const properties = objectField(request.body, "properties");
  const beyond = document.beyond(properties);
  if (beyond !== undefined)
    throw new ManagementError(501, "NotImplemented", `a site with ${beyond} is not emulated`);
  putResource(request, type, inTheirCase(properties));
  return render(request, document, "PUT");
}

function render(
  request: ManagementRequest,
  document: ConfigDocument,
  method: "PUT" | "read",
): Response {
  const site = requireTopLevelResource(request);
  const written = findResource(request.azure.state, request.id);
  const rest = (written && document.written) ?? document.initial;
  const properties = { ...rest, ...written?.properties };
  const location = locationDisplayName(site.location ?? "");
  const named = document.named?.(site, method) ?? { id: request.id, name: document.name, type };
  return Response.json({ ...named, location, properties });
}

/** Levels of logs are answered in their own spelling (recorded: `verbose` comes back as `Verbose`). */
function inTheirCase(properties: JsonObject): JsonObject {
  const text = JSON.stringify(properties);
  const spelled = text.replaceAll(
    /"level":"([a-z]+)"/gi,
    (_, level: string) =>
      `"level":"${level.charAt(0).toUpperCase()}${level.slice(1).toLowerCase()}"`,
  );
  return JSON.parse(spelled) as JsonObject;
}

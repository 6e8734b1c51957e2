import { isJsonObject, type JsonObject, objectField } from "../../base/json.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { findResource, putResource, requireTopLevelResource } from "../engine/resource-store.ts";

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
    beyond: anyEntry("mounted storage"),
  },
  { name: "metadata", read: byPost, initial: {}, beyond: nothing },
  {
    name: "authsettings",
    read: byPost,
    initial: { enabled: false },
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
    initial: { connectionStringNames: null, appSettingNames: null, azureStorageConfigNames: null },
    beyond: nothing,
  },
  {
    name: "logs",
    read: byGet,
    initial: {
      applicationLogs: { fileSystem: { level: "Off" } },
      httpLogs: {
        fileSystem: { enabled: false, retentionInMb: 35, retentionInDays: 0 },
        azureBlobStorage: { enabled: false, retentionInDays: 0 },
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
        return render({ ...request, id }, document);
      },
    },
    {
      method: "PUT",
      path: `${path}/${document.name}`,
      action: `${type}/write`,
      handle: (request) => put(request, document),
    },
  ],
);

function put(request: ManagementRequest, document: ConfigDocument): Response {
  requireTopLevelResource(request);
  const properties = objectField(request.body, "properties");
  const beyond = document.beyond(properties);
  if (beyond !== undefined)
    throw new ManagementError(501, "NotImplemented", `a site with ${beyond} is not emulated`);
  putResource(request, type, properties);
  return render(request, document);
}

function render(request: ManagementRequest, { name, initial }: ConfigDocument): Response {
  const { location } = requireTopLevelResource(request);
  const written = findResource(request.azure.state, request.id);
  const properties = written?.properties ?? initial;
  return Response.json({ id: request.id, name, type, location, properties });
}

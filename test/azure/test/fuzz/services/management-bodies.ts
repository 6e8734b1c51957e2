import type { Json } from "../arbitraries/nasty-json.ts";
import { fuzzTenants } from "../fuzz-seed.ts";
import { resourceBodies } from "../management-world.ts";

const { subscriptionId, deployer } = fuzzTenants.management;
const subscription = `/subscriptions/${subscriptionId}`;
export const managedGroup = `${subscription}/resourceGroups/fuzz`;
export const managedResources = resourceBodies("management", managedGroup);

const reader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const checkName = (type: string): Json => ({ name: "fuzzname", type });
const setting: Json = { properties: { A: "b" } };

/** Good bodies by the end of a route's path; those of resources are by the type in it. */
const bodies: readonly (readonly [end: string, body: Json])[] = [
  ["/resourceGroups/{resourceGroupName}", { location: "westeurope", tags: { stage: "dev" } }],
  ["/tags/default", { operation: "Merge", properties: { tags: { stage: "dev" } } }],
  ["/locks/{lockName}", { properties: { level: "CanNotDelete", notes: "x" } }],
  [
    "/roleAssignments/{roleAssignmentName}",
    {
      properties: {
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${reader}`,
        principalId: deployer.objectId,
        principalType: "ServicePrincipal",
        description: "x",
        condition: `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${reader}}`,
        conditionVersion: "2.0",
      },
    },
  ],
  ["Microsoft.Web/checkNameAvailability", checkName("Microsoft.Web/sites")],
  ["Microsoft.Storage/checkNameAvailability", checkName("Microsoft.Storage/storageAccounts")],
  ["Microsoft.KeyVault/checkNameAvailability", checkName("Microsoft.KeyVault/vaults")],
  [
    "/config/web",
    { properties: { ...managedResources["Microsoft.Web/sites"].properties.siteConfig } },
  ],
  ["/config/appsettings", setting],
  ["/config/metadata", setting],
  ["/config/connectionstrings", { properties: {} }],
  ["/config/azurestorageaccounts", { properties: {} }],
  ["/config/authsettings", { properties: { enabled: false } }],
  ["/config/authsettingsV2", { properties: { platform: { enabled: false } } }],
  ["/config/slotConfigNames", { properties: { appSettingNames: ["A"] } }],
  ["/config/logs", { properties: { httpLogs: { fileSystem: { enabled: true } } } }],
  ["/ftp", { properties: { allow: false } }],
  ["/scm", { properties: { allow: false } }],
  [
    "/blobServices/default",
    { properties: { deleteRetentionPolicy: { enabled: true, days: 7 }, cors: { corsRules: [] } } },
  ],
  ["/containers/{containerName}", { properties: { publicAccess: "None", metadata: { a: "b" } } }],
  ["/roleDefinitions/{roleDefinitionId}", { properties: { roleName: "x", permissions: [] } }],
];

/** A good body for a route, `{}` where none is needed. */
export function goodBody(path: string): Json {
  const named = bodies.find(([end]) => path.endsWith(end));
  if (named !== undefined) return named[1];
  const resource = Object.entries(managedResources).find(([type]) =>
    new RegExp(`/${type}/\\{\\w+\\}$`).test(path),
  );
  return resource?.[1] ?? {};
}

import type { Json } from "../arbitraries/nasty-json.ts";
import { fuzzTenants } from "../fuzz-seed.ts";

const { tenantId, deployer } = fuzzTenants.graph;

/** Alternate key of the application that every hundredth request makes again, and the name of its credential. */
export const uniqueName = "fuzzed";
export const credential = "fuzzed-credential";

/** The deployer's own default role, which its application has as long as it has no other. */
const appRoleAssignment = {
  principalId: deployer.objectId,
  resourceId: deployer.objectId,
  appRoleId: "00000000-0000-0000-0000-000000000000",
};

const good = {
  applications: {
    displayName: "fuzzed",
    signInAudience: "AzureADMultipleOrgs",
    identifierUris: [],
    appRoles: [
      {
        id: tenantId,
        allowedMemberTypes: ["Application"],
        description: "reads",
        displayName: "Reader",
        isEnabled: false,
        value: "Read",
      },
    ],
    tags: ["a"],
    web: { redirectUris: ["https://localhost/x"], implicitGrantSettings: {} },
    requiredResourceAccess: [{ resourceAppId: tenantId, resourceAccess: [] }],
    "owners@odata.bind": [`https://graph.microsoft.com/v1.0/directoryObjects/${deployer.objectId}`],
  },
  servicePrincipals: { appId: deployer.clientId, accountEnabled: true, tags: ["a"] },
  appRoleAssignments: appRoleAssignment,
  appRoleAssignedTo: appRoleAssignment,
  federatedIdentityCredentials: {
    name: credential,
    issuer: "https://localhost/issuer",
    subject: "x",
    audiences: ["api://AzureADTokenExchange"],
    description: null,
  },
  getByIds: { ids: [deployer.objectId], types: ["servicePrincipal"] },
  $batch: {
    requests: [
      { id: "1", method: "GET", url: "/applications?$top=1" },
      {
        id: "2",
        method: "PATCH",
        url: `/applications(uniqueName='${uniqueName}')`,
        headers: { "Content-Type": "application/json", prefer: "create-if-missing" },
        body: { displayName: "fuzzed" },
        dependsOn: ["1"],
      },
    ],
  },
  $ref: { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${deployer.objectId}` },
} as const satisfies Record<string, Json>;

/** The good body of the last collection or action in a path. */
export function bodyOf(path: string): Json {
  const last = path.split("/").findLast((segment) => segment in good) ?? "";
  return good[last as keyof typeof good] ?? {};
}

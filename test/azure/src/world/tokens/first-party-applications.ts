import type { TokenApi } from "./apis.ts";

/** An application of Microsoft's own, which every tenant may have a service principal of. */
export interface FirstPartyApplication {
  readonly appId: string;
  readonly displayName: string;
}

/** The APIs that Entra issues tokens for (troubleshoot/azure/entra/entra-id/governance/verify-first-party-apps-sign-in). */
const applications: Readonly<Partial<Record<TokenApi["name"], FirstPartyApplication>>> = {
  storage: { appId: "e406a681-f3d4-42a8-90b6-c2b029497af1", displayName: "Azure Storage" },
  "resource-manager": {
    appId: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    displayName: "Windows Azure Service Management API",
  },
  graph: { appId: "00000003-0000-0000-c000-000000000000", displayName: "Microsoft Graph" },
  "key-vault": { appId: "cfa8b339-82a2-471a-a3c9-0fc0be7a4093", displayName: "Azure Key Vault" },
};

/** The application behind a resource. */
export function firstPartyApplicationOf(name: TokenApi["name"]): FirstPartyApplication | undefined {
  return applications[name];
}

/** The one with a client id, in lower case. */
export function findFirstPartyApplication(appId: string): FirstPartyApplication | undefined {
  return Object.values(applications).find((application) => application.appId === appId);
}

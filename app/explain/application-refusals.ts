import { entraRefusal } from "./entra-refusal.ts";
import type { TargetFacts } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

/** The resource tenant does not know the application, or does not let it in. */
export const applicationRefusals: readonly Refusal<TargetFacts>[] = [
  entraRefusal([90002, 900023], ({ tenant, tenantId, authorityHost }) => ({
    cause: `${authorityHost} knows no tenant ${tenantId}: the id is wrong, or the tenant is gone or in another cloud`,
    fix: `correct the tenantId of "${tenant}" under \`resourceTenants\`, or \`environment\`, in the stack's configuration and run \`pulumi up\``,
  })),
  entraRefusal([7000229], ({ applicationClientId, tenant, tenantId }) => ({
    cause: `application ${applicationClientId} has no service principal in tenant ${tenantId}: nobody there has let it in, or somebody deleted it`,
    fix: `when this project's stack manages "${tenant}" run \`pulumi up --refresh\`, \`ResourceTenant\` declares it; otherwise an admin of the tenant runs \`az ad sp create --id ${applicationClientId}\` and gives the new service principal its role on the container`,
  })),
  entraRefusal([700016], ({ applicationClientId, tenantId }) => ({
    cause: `tenant ${tenantId} does not know application ${applicationClientId}: it does not exist (any more), or it is registered for its own tenant only`,
    fix: "compare APPLICATION_CLIENT_ID with the application in the home tenant, which must be multitenant (AzureADMultipleOrgs); with this project's stack run `pulumi up --refresh`, `MultitenantApplication` declares it",
  })),
  // Seen for the /common endpoint, which this site never asks.
  entraRefusal([50194], ({ applicationClientId }) => ({
    cause: `application ${applicationClientId} is not configured as a multitenant application`,
    fix: "set its signInAudience to AzureADMultipleOrgs; with this project's stack run `pulumi up --refresh`, `MultitenantApplication` declares it",
  })),
  entraRefusal([7000112], ({ applicationClientId, tenantId }) => ({
    cause: `application ${applicationClientId} is disabled: its service principal in tenant ${tenantId} or the application itself was switched off`,
    fix: `ask an admin of tenant ${tenantId} whether that is meant; if not, they set accountEnabled of the service principal to true (Enterprise applications, Properties, "Enabled for users to sign-in")`,
  })),
  // Documented as out of reach for multitenant applications, and explained in case that changes.
  entraRefusal([53003], ({ applicationClientId, tenantId }) => ({
    cause: `a Conditional Access policy of tenant ${tenantId} blocks application ${applicationClientId}`,
    fix: `an admin of tenant ${tenantId} finds the policy in the sign-in log, under service principal sign-ins, and excludes the application or its address`,
  })),
  entraRefusal([501051], ({ applicationClientId, tenantId }) => ({
    cause: `tenant ${tenantId} gives tokens for Azure Storage to assigned applications only, and ${applicationClientId} is not one of them`,
    fix: `an admin of tenant ${tenantId} assigns the application's service principal to the enterprise application Azure Storage, or sets that one's appRoleAssignmentRequired to false`,
  })),
  entraRefusal([500011], ({ tenantId }) => ({
    cause: `tenant ${tenantId} has no service principal of Azure Storage, usually because none of its subscriptions uses storage, or the tenant is the wrong one`,
    fix: `an admin of tenant ${tenantId} runs \`az provider register --namespace Microsoft.Storage\` in the subscription, or \`az ad sp create --id ${azureStorage}\``,
  })),
  entraRefusal([500014], ({ tenantId }) => ({
    cause: `the service principal of Azure Storage is disabled in tenant ${tenantId}: nobody there gets storage tokens`,
    fix: `an admin of tenant ${tenantId} enables the enterprise application Azure Storage (${azureStorage}), or renews the subscription it was disabled with`,
  })),
  entraRefusal([1002012, 70011], ({ tenantId }) => ({
    cause: `tenant ${tenantId} does not accept the scope the site asked for: the site's package is not the one this project builds`,
    fix: "publish the package again with `pulumi up --refresh`, `AppPackage` declares it; changed sources must ask for https://storage.azure.com/.default",
  })),
];

/** Application id of Azure Storage, the same in every tenant. */
const azureStorage = "e406a681-f3d4-42a8-90b6-c2b029497af1";

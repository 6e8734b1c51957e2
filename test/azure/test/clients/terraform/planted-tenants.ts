import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { GITHUB_SUBJECT } from "../../../src/surroundings/github-oidc.ts";
import type { Tenant } from "../../../src/world/directory-records.ts";
import { blobEndpoint } from "../../../src/world/names/blob-address.ts";
import { EXCHANGE_AUDIENCE } from "../../../src/world/tokens/apis.ts";
import { addApplication, type Trust } from "../planted-application.ts";
import { assignRole } from "../planted-role.ts";
import { addContainer } from "../planted-storage.ts";

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const STORAGE_BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

/** A tenant as a configuration's variable names it. */
export interface TenantVariable {
  readonly tenant_id: string;
  readonly subscription_id: string;
  readonly client_id: string;
  readonly location: string;
}

/** What the configurations find in the two tenants. */
export type PlantedTenants = Awaited<ReturnType<typeof plantTenants>>;

/**
 * Plants what comes before any configuration: an owner per tenant, a host whose identity is an owner too, an account for the
 * state, an application that the resource tenant has let in, and clients that must not get in.
 */
export async function plantTenants(azure: LocalAzure) {
  const [home, resource] = [...azure.state.tenants.values()];
  if (home === undefined || resource === undefined) throw new Error("the seed has two tenants");
  const owners = azure.plantOwners();
  const variable = ({ tenantId, subscriptionId, location }: Tenant): TenantVariable => {
    const owner = owners.find((candidate) => candidate.tenantId === tenantId);
    if (owner === undefined) throw new Error(`no owner of ${tenantId}`);
    const { clientId: client_id } = owner;
    return { tenant_id: tenantId, subscription_id: subscriptionId, client_id, location };
  };
  const workflow: Trust = {
    issuer: azure.endpoints.oidc,
    subject: GITHUB_SUBJECT,
    audience: EXCHANGE_AUDIENCE,
  };
  const { identity, site, virtualMachine } = await azure.plantHost();
  const state = addContainer(azure.state, home, "contosostate", "state");
  addContainer(azure.state, home, "contosostate", "payroll");
  const homeOwner = owners.find(({ tenantId }) => tenantId === home.tenantId);
  for (const principalId of [homeOwner?.objectId ?? "no owner", identity.principalId])
    assignRole(azure.state, home.tenantId, principalId, {
      guid: STORAGE_BLOB_DATA_CONTRIBUTOR,
      scope: state.id,
    });
  const homeScope = `/subscriptions/${home.subscriptionId}`;
  assignRole(azure.state, home.tenantId, identity.principalId, { guid: OWNER, scope: homeScope });
  // Trusts nobody until the site's identity exists.
  const application = addApplication(
    azure.state,
    home.tenantId,
    { ...workflow, subject: "nobody" },
    resource.tenantId,
  );
  const foreign = addContainer(azure.state, resource, "foreigndata", "reports");
  const account = azure.state.resources.get(
    foreign.id.toLowerCase().split("/blobservices/")[0] ?? "",
  );
  // What the provider finds blobs by.
  if (account !== undefined)
    account.properties["primaryEndpoints"] = {
      blob: blobEndpoint(azure, "foreigndata", "host"),
    };
  return {
    home: variable(home),
    resource: variable(resource),
    workflow,
    application,
    identity,
    site: site.environment,
    machine: virtualMachine.environment,
    /** Owners may manage it, and have no role on what is in it. */
    foreignContainerId: foreign.id,
    clients: {
      withoutRole: addApplication(azure.state, home.tenantId, workflow, home.tenantId),
      wrongSubject: addApplication(
        azure.state,
        home.tenantId,
        { ...workflow, subject: `${GITHUB_SUBJECT}-of-another` },
        home.tenantId,
      ),
      notAdmitted: addApplication(azure.state, home.tenantId, workflow, undefined),
    },
  };
}

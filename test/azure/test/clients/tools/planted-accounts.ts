import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import type { Resource } from "../../../src/world/resource-records.ts";
import { EXCHANGE_AUDIENCE } from "../../../src/world/tokens/apis.ts";
import { addApplication, type Trust } from "../planted-application.ts";
import { assignRole } from "../planted-role.ts";
import { addContainer } from "../planted-storage.ts";

const STORAGE_BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const STORAGE_BLOB_DATA_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

/** What the tools find in the two tenants. */
export type PlantedAccounts = Awaited<ReturnType<typeof plantAccounts>>;

/**
 * Plants a container in each tenant: `backups`, where the host's identity has its role, and `invoices`, where an application
 * that trusts it has one. Both roles are at the account, since only there they include user delegation keys. Each other
 * application differs from the trusted one in one fact.
 */
export async function plantAccounts(azure: LocalAzure) {
  const { state, endpoints } = azure;
  const [home, resource] = azure.connection.tenants;
  if (home === undefined || resource === undefined) throw new Error("the seed has two tenants");
  const { identity, site } = await azure.plantHost();
  const backups = addContainer(state, home, "toolsbackups", "backups");
  const invoices = addContainer(state, resource, "toolsinvoices", "invoices");
  const contributor = { guid: STORAGE_BLOB_DATA_CONTRIBUTOR, scope: accountOf(invoices) };
  const own = { ...contributor, scope: accountOf(backups) };
  assignRole(state, home.tenantId, identity.principalId, own);
  const trust: Trust = {
    issuer: `${endpoints.login}/${home.tenantId}/v2.0`,
    subject: identity.principalId,
    audience: EXCHANGE_AUDIENCE,
  };
  const admitted = (different: Partial<Trust>, role?: typeof contributor) => {
    const made = addApplication(
      state,
      home.tenantId,
      { ...trust, ...different },
      resource.tenantId,
    );
    if (role !== undefined) assignRole(state, resource.tenantId, made.objectId, role);
    return made.clientId;
  };
  return {
    home,
    resource,
    identity,
    site: site.environment,
    /** Host and port of Blob storage. */
    storage: new URL(endpoints.storage).host,
    backups: { account: "toolsbackups", container: "backups" },
    invoices: { account: "toolsinvoices", container: "invoices" },
    clientIds: {
      trusted: admitted({}, contributor),
      reader: admitted({}, { ...contributor, guid: STORAGE_BLOB_DATA_READER }),
      withoutRole: admitted({}),
      wrongSubject: admitted({ subject: crypto.randomUUID() }, contributor),
      notAdmitted: addApplication(state, home.tenantId, trust, undefined).clientId,
    },
  };
}

/** The id of the account that has a container. */
function accountOf({ id }: Resource): string {
  return id.replace(/\/blobServices\/.*/, "");
}

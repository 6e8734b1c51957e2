import { randomUUID } from "node:crypto";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { EXCHANGE_AUDIENCE } from "../../src/world/tokens/apis.ts";
import { addApi } from "./planted-api.ts";
import { addApplication, type Trust } from "./planted-application.ts";
import { assignRole } from "./planted-role.ts";
import { addContainer } from "./planted-storage.ts";
import { rollSigningKeys } from "./roll-signing-keys.ts";

const STORAGE_BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

/**
 * Plants a host's identity in the home tenant, a container in the resource tenant, and one application per case: `trusted`
 * may use the container, each other one differs from it in one fact. Answers names and ids, for the suites.
 */
export async function plantWorld(azure: LocalAzure) {
  const host = await azure.plantHost();
  const { state, endpoints } = azure;
  const [home, resource] = azure.connection.tenants;
  const [homeOwner, owner] = azure.plantOwners();
  if (home === undefined || resource === undefined) throw new Error("the seed has two tenants");
  const container = addContainer(state, resource, "clientsuites", "invoices");
  const trust: Trust = {
    issuer: `${endpoints.login}/${HOME}/v2.0`,
    subject: host.identity.principalId,
    audience: EXCHANGE_AUDIENCE,
  };
  const admitted = (different: Partial<Trust> = {}) =>
    addApplication(state, HOME, { ...trust, ...different }, RESOURCE);
  const withRole = (different: Partial<Trust> = {}) => {
    const application = admitted(different);
    const role = { guid: STORAGE_BLOB_DATA_CONTRIBUTOR, scope: container.id };
    assignRole(state, RESOURCE, application.objectId, role);
    return application;
  };
  const tenants = [HOME, RESOURCE] as const;
  addApi(state, tenants, trust, "api://ledger-1", 1);
  addApi(state, tenants, trust, "api://ledger-2", 2);
  return {
    home,
    resource,
    tokenOfReplacedKey: await rollSigningKeys(azure),
    identity: host.identity,
    site: host.site.environment,
    virtualMachine: host.virtualMachine.environment,
    resourceManager: endpoints.resourceManager,
    proxy: azure.connection.proxy,
    storage: endpoints.storage,
    container: { account: "clientsuites", name: "invoices" },
    applications: {
      trusted: withRole(),
      wrongSubject: withRole({ subject: randomUUID() }),
      wrongIssuer: withRole({ issuer: `${endpoints.login}/${RESOURCE}/v2.0` }),
      wrongAudience: withRole({ audience: "api://another-audience" }),
      notAdmitted: addApplication(state, HOME, trust, undefined),
      withoutRole: admitted(),
      // Each suite gives its own a role and takes it away again.
      python: admitted(),
      go: admitted(),
      // For what no deployer's role has.
      owner,
      homeOwner,
    },
  };
}

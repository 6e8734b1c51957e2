import { randomUUID } from "node:crypto";
import { GITHUB_SUBJECT } from "../azure/entra/github-oidc.ts";
import { EXCHANGE_AUDIENCE } from "../azure/entra/resources.ts";
import type { LocalAzure } from "../azure/local-azure.ts";
import type { State } from "../azure/state.ts";
import { HOME, RESOURCE } from "../azure/two-tenants.ts";
import { addApplication, type PlantedApplication, type Trust } from "./planted-application.ts";
import { addApi } from "./planted-api.ts";
import { assignRole } from "./planted-role.ts";
import { addContainer } from "./planted-storage.ts";
import { rollSigningKeys } from "./roll-signing-keys.ts";

const STORAGE_BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/**
 * Plants a host's identity in the home tenant, a container in the resource tenant, and one application per case: `trusted`
 * may use the container, each other one differs from it in one fact. Answers names and ids, for the suites.
 */
export async function plantWorld(azure: LocalAzure) {
  const host = await azure.plantHost();
  const { state, endpoints } = azure;
  const [home, resource] = azure.connection.tenants;
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
      owner: addOwner(state, endpoints.oidc, resource.subscriptionId),
    },
  };
}

/** An application of the resource tenant with every right in its subscription, for what no deployer's role has. */
function addOwner(state: State, issuer: string, subscriptionId: string): PlantedApplication {
  const trust = { issuer, subject: GITHUB_SUBJECT, audience: EXCHANGE_AUDIENCE };
  const owner = addApplication(state, RESOURCE, trust, RESOURCE);
  const scope = `/subscriptions/${subscriptionId}`;
  assignRole(state, RESOURCE, owner.objectId, { guid: OWNER, scope });
  return owner;
}

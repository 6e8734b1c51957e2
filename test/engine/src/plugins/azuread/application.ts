import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Properties, textOf } from "../../grpc/properties.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import { UnfinishedError } from "../protocol/unfinished-error.ts";
import { during } from "./graph-error.ts";
import type { Graph } from "./graph.ts";
import { idList, objectIdOf } from "./object-ids.ts";
import { firstOwners, ownerIds, removeFirstOwner, replaceOwners } from "./owners.ts";

const computed = [
  "appRoleIds",
  "clientId",
  "disabledByMicrosoft",
  "logoUrl",
  "oauth2PermissionScopeIds",
  "objectId",
  "publisherDomain",
];

/**
 * index/application:Application. Its id is `/applications/<object id>` (import section of its .d.ts). A deleted application
 * stays among the tenant's deleted items for 30 days (https://learn.microsoft.com/graph/api/application-delete).
 */
export const application: ResourceType<Graph> = {
  required: ["displayName"],
  optional: ["owners", "signInAudience", "description", "notes", "preventDuplicateNames"],
  outputs: computed,
  replaceOn: [],
  refusesExisting: false,
  deleteBeforeReplace: false,
  stableOutputs: computed,
  emptyWhenLeftOut: ["owners"],
  async create(graph, inputs) {
    if (inputs["preventDuplicateNames"] === true) await refuseDuplicate(graph, inputs);
    const owners = { "owners@odata.bind": await firstOwners(graph, inputs) };
    // One whose answer is lost is an orphan: nothing but the id that the answer would have told names it.
    const made = await graph
      .send("POST", "/applications", { ...bodyOf(inputs), ...owners })
      .catch(during("Could not create application"));
    const path = `/applications/${textOf(made, "id")}`;
    await finish(graph, path, inputs).catch((cause: Error) => {
      throw new UnfinishedError(cause, path);
    });
    return { id: path };
  },
  async read(graph, id) {
    const found = await graph.find(id);
    return found && stateOf(found, await ownerIds(graph, id));
  },
  async update(graph, id, inputs, old) {
    await graph.send("PATCH", id, bodyOf(inputs));
    const owners = idList(inputs, "owners");
    if (isDeepStrictEqual(new Set(owners), new Set(idList(old.state, "owners")))) return undefined;
    await replaceOwners(graph, id, owners, `application with object ID: "${objectIdOf(id)}"`);
    return undefined;
  },
  delete: (graph, id) => graph.removeObject(`/applications/${objectIdOf(id)}`),
};

/** Patches the display name there and back, which tells whether the application is there already, then sees to its owners. */
async function finish(graph: Graph, path: string, inputs: Properties): Promise<void> {
  for (const displayName of [`TERRAFORM_UPDATE_${randomUUID()}`, inputs["displayName"]]) {
    await graph.onceShown(() => graph.send("PATCH", path, { displayName }));
  }
  await removeFirstOwner(graph, path, inputs, `application with object ID: "${objectIdOf(path)}"`);
}

async function refuseDuplicate(graph: Graph, inputs: Properties): Promise<void> {
  const displayName = textOf(inputs, "displayName");
  const filter = encodeURIComponent(`displayName eq '${displayName.replaceAll("'", "''")}'`);
  const [found] = await graph.list(`/applications?$filter=${filter}`);
  if (!found) return;
  throw new Error(
    `an application named "${displayName}" exists already: ${textOf(found, "id")}; import it, or leave out preventDuplicateNames`,
  );
}

// "Defaults to AzureADMyOrg" (application.d.ts, signInAudience).
function bodyOf({ displayName, signInAudience, description, notes }: Properties): Properties {
  return {
    displayName,
    signInAudience: signInAudience ?? "AzureADMyOrg",
    description: description ?? null,
    notes: notes ?? null,
  };
}

function stateOf(found: Properties, owners: string[]): Properties {
  const { id, appId, displayName, signInAudience, description, notes, publisherDomain } = found;
  return {
    objectId: id,
    clientId: appId,
    displayName,
    signInAudience,
    description: description ?? "",
    notes: notes ?? "",
    publisherDomain: publisherDomain ?? "",
    owners,
    appRoleIds: {},
    oauth2PermissionScopeIds: {},
    disabledByMicrosoft: "",
    logoUrl: "",
  };
}

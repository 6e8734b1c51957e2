import { type Properties, textOf } from "../../grpc/properties.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import type { Graph } from "./graph.ts";
import { idList, objectIdOf, ownerIds } from "./object-ids.ts";

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
  // Nothing but the id that the answer would have told names an application: if the answer is lost, it is an orphan.
  locate: () => Promise.resolve(undefined),
  async create(graph, inputs) {
    if (inputs["preventDuplicateNames"] === true) await refuseDuplicate(graph, inputs);
    const owners = await Promise.all(
      idList(inputs, "owners").map((id) => graph.directoryObject(id)),
    );
    const made = await graph.send("POST", "/applications", {
      ...bodyOf(inputs),
      ...(owners.length > 0 && { "owners@odata.bind": owners }),
    });
    const path = `/applications/${textOf(made, "id")}`;
    // The real provider patches it until that is not answered 404 (application_resource.go).
    await graph.shown(path);
    return path;
  },
  async read(graph, id) {
    const found = await graph.find(id);
    return found && stateOf(found, await ownerIds(graph, id));
  },
  async update(graph, id, inputs, oldInputs) {
    await graph.send("PATCH", id, bodyOf(inputs));
    const [owners, oldOwners] = [idList(inputs, "owners"), idList(oldInputs, "owners")];
    for (const owner of owners.filter((each) => !oldOwners.includes(each))) {
      const reference = { "@odata.id": await graph.directoryObject(owner) };
      await graph.send("POST", `${id}/owners/$ref`, reference);
    }
    for (const owner of oldOwners.filter((each) => !owners.includes(each))) {
      await graph.remove(`${id}/owners/${owner}/$ref`);
    }
  },
  delete: (graph, id) => graph.remove(`/applications/${objectIdOf(id)}`),
};

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
    description,
    notes,
    publisherDomain: publisherDomain ?? "",
    owners,
    appRoleIds: {},
    oauth2PermissionScopeIds: {},
    disabledByMicrosoft: "",
    logoUrl: "",
  };
}

import { type Properties, textOf } from "../../grpc/properties.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import type { Graph } from "./graph.ts";
import { objectIdOf } from "./object-ids.ts";

/**
 * index/applicationFederatedIdentityCredential. Its id is `<application object id>/federatedIdentityCredential/<id>` and
 * applicationId and displayName force a new one (import section and properties of its .d.ts); issuer, subject and audiences
 * are updated in place (azuread: application_federated_identity_credential_resource.go).
 */
export const applicationFederatedIdentityCredential: ResourceType<Graph> = {
  required: ["applicationId", "audiences", "displayName", "issuer", "subject"],
  optional: ["description"],
  outputs: ["credentialId"],
  replaceOn: ["applicationId", "displayName"],
  refusesExisting: false,
  deleteBeforeReplace: false,
  stableOutputs: ["credentialId"],
  async locate(graph, inputs) {
    const application = objectIdOf(textOf(inputs, "applicationId"));
    const credentials = await graph.list(
      `/applications/${application}/federatedIdentityCredentials`,
    );
    const found = credentials.find(({ name }) => name === inputs["displayName"]);
    return found && idOf(application, found);
  },
  async create(graph, inputs) {
    const application = objectIdOf(textOf(inputs, "applicationId"));
    const path = `/applications/${application}/federatedIdentityCredentials`;
    const body = { name: inputs["displayName"], ...bodyOf(inputs) };
    const id = idOf(application, await graph.send("POST", path, body));
    // "Wait for the credential to replicate" (application_federated_identity_credential_resource.go).
    await graph.shown(pathOf(id));
    return id;
  },
  async read(graph, id) {
    const found = await graph.find(pathOf(id));
    if (!found) return undefined;
    const { id: credentialId, name, issuer, subject, audiences, description } = found;
    const applicationId = `/applications/${id.split("/", 1)[0]}`;
    return {
      applicationId,
      credentialId,
      displayName: name,
      issuer,
      subject,
      audiences,
      description,
    };
  },
  async update(graph, id, inputs) {
    await graph.send("PATCH", pathOf(id), bodyOf(inputs));
  },
  delete: (graph, id) => graph.remove(pathOf(id)),
};

function bodyOf({ audiences, description, issuer, subject }: Properties): Properties {
  return { audiences, description: description ?? null, issuer, subject };
}

function idOf(application: string, credential: Properties): string {
  return `${application}/federatedIdentityCredential/${textOf(credential, "id")}`;
}

function pathOf(id: string): string {
  const [application] = id.split("/", 1);
  return `/applications/${application}/federatedIdentityCredentials/${objectIdOf(id)}`;
}

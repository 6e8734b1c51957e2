import { type Properties, textOf } from "../../grpc/properties.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import { during } from "./graph-error.ts";
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
  async create(graph, inputs) {
    const application = objectIdOf(textOf(inputs, "applicationId"));
    const path = `/applications/${application}`;
    const what = `Application (Application: "${application}")`;
    await graph.send("GET", path).catch(during(`retrieving ${what}`));
    const body = { name: inputs["displayName"], ...bodyOf(inputs) };
    // One whose answer is lost is in no state: the next try is refused, because the name is taken.
    const made = await graph
      .send("POST", `${path}/federatedIdentityCredentials`, body)
      .catch(during(`Adding federated identity credential for ${what}`));
    const id = idOf(application, made);
    // "Wait for the credential to replicate" (application_federated_identity_credential_resource.go).
    await graph.onceShown(() => graph.send("GET", pathOf(id)));
    return { id };
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
    return undefined;
  },
  delete: (graph, id) => graph.removeObject(pathOf(id)),
};

function bodyOf({ audiences, description, issuer, subject }: Properties): Properties {
  return { audiences, description: description ?? "", issuer, subject };
}

function idOf(application: string, credential: Properties): string {
  return `${application}/federatedIdentityCredential/${textOf(credential, "id")}`;
}

function pathOf(id: string): string {
  const [application] = id.split("/", 1);
  return `/applications/${application}/federatedIdentityCredentials/${objectIdOf(id)}`;
}

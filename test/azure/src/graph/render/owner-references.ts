import type { Azure } from "../../service/azure.ts";
import { badRequest, notFound } from "../engine/errors.ts";
import type { ShowOwners } from "../odata/answer-entities.ts";
import { renderDirectoryObject } from "./directory-object.ts";

/** Shows the owners of an application or service principal, here always service principals of its tenant. */
export function ownersShown(azure: Azure): ShowOwners {
  const { applications, servicePrincipals } = azure.state;
  return (item) => {
    const id = String(item["id"]);
    const owners = applications.get(id)?.owners ?? servicePrincipals.get(id)?.owners ?? [];
    return owners
      .map((owner) => servicePrincipals.get(owner))
      .filter((principal) => principal !== undefined)
      .map((principal) => renderDirectoryObject(azure, principal));
  };
}

/** The object ids that an `owners@odata.bind` names, each an existing service principal of the tenant. Throws Graph's errors. */
export function boundOwners(azure: Azure, tenantId: string, bind: unknown): string[] {
  if (bind === undefined) return [];
  if (!Array.isArray(bind)) throw badRequest("Invalid value specified for property 'owners'.");
  return bind.map((reference: unknown) => {
    const named = typeof reference === "string" ? reference.toLowerCase() : "";
    const id = /\/(?:directoryobjects|serviceprincipals)(?:\/([^/]+)|\('([^']+)'\))$/.exec(named);
    const owner = id?.[1] ?? id?.[2];
    if (owner === undefined) throw badRequest("Invalid value specified for property 'owners'.");
    if (azure.state.servicePrincipals.get(owner)?.tenantId !== tenantId) throw notFound(owner);
    return owner;
  });
}

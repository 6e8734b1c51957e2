import { type JsonObject, objectField, stringField } from "../base/json.ts";
import { ManagementError } from "./engine/errors.ts";
import { resourceTypeOf } from "./engine/resource-type.ts";

/** Fields beside `properties` that change what a resource is or where it runs, and that nothing here carries out. */
const unkept = ["extendedLocation", "managedBy", "placement", "plan", "zones"];

const holders = ["microsoft.web/sites", "microsoft.compute/virtualmachines"];

/**
 * Throws 501 for a body with a field that Azure would keep or act on and the local Azure would lose
 * (learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration lists the fields).
 */
export function refuseUnkeptFields(path: string, body: JsonObject): void {
  const found = resourceTypeOf("PUT", path);
  const type = found === undefined ? "resourceGroups" : `${found.namespace}/${found.type}`;
  for (const name of unkept) if (isGiven(body[name])) throw notEmulated(type, name);
  const identity = stringField(objectField(body, "identity"), "type") ?? "None";
  if (!holders.includes(type.toLowerCase()) && !/^none$/i.test(identity))
    throw notEmulated(type, "identity");
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !Array.isArray(value) || value.length > 0;
}

function notEmulated(type: string, name: string): ManagementError {
  return new ManagementError(501, "NotImplemented", `'${name}' of '${type}' is not emulated`);
}

import { type JsonObject, stringField, stringMapField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { ManagementError } from "../engine/errors.ts";
import { notAllowed } from "./errors.ts";

const levels = ["Container", "Blob", "None"];

/**
 * Throws for metadata that are no strings, for a level of public access that does not exist
 * (https://learn.microsoft.com/rest/api/storagerp/blob-containers/create, "PublicAccess"; that it is refused in an account
 * property's words is unverified), and for public access where `account` allows none.
 */
export function requireContainerProperties(account: Resource, properties: JsonObject): void {
  stringMapField(properties, "metadata");
  const given = stringField(properties, "publicAccess") ?? "None";
  // In any case, and answered in its own (recorded: `blob`, `container`).
  const publicAccess = levels.find((level) => level.toLowerCase() === given.toLowerCase());
  if (publicAccess === undefined) throw notAllowed("publicAccess", given);
  if ("publicAccess" in properties) properties["publicAccess"] = publicAccess;
  if (publicAccess === "None" || account.properties["allowBlobPublicAccess"] === true) return;
  throw new ManagementError(
    409,
    "PublicAccessNotPermitted",
    "Public access is not permitted on this storage account.",
  );
}

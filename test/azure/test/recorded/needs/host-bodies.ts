import { isJsonObject, type JsonObject } from "../../../src/base/json.ts";
import { field, given } from "./documents.ts";

/** Where and with which tags a recorded resource is. */
export function envelope(document: JsonObject | undefined): JsonObject {
  return { location: document?.["location"] ?? "westeurope", ...given(document, ["tags"]) };
}

/** A site as a client would have put it. */
export function site(document: JsonObject | undefined): JsonObject {
  const properties = document?.["properties"];
  const siteConfig = given(field(properties, "siteConfig"), [
    "linuxFxVersion",
    "alwaysOn",
    "http20Enabled",
    "numberOfWorkers",
  ]);
  return {
    ...envelope(document),
    ...given(document, ["kind"]),
    ...identity(document),
    properties: {
      ...given(properties, ["serverFarmId", "httpsOnly", "clientAffinityEnabled"]),
      siteConfig,
    },
  };
}

/** The same of a virtual machine. */
export function machine(document: JsonObject | undefined): JsonObject {
  const properties = document?.["properties"];
  return {
    ...envelope(document),
    ...identity(document),
    properties: {
      hardwareProfile: field(properties, "hardwareProfile") ?? { vmSize: "Standard_B1s" },
      ...given(properties, [
        "storageProfile",
        "osProfile",
        "networkProfile",
        "diagnosticsProfile",
        "availabilitySet",
        "extensionsTimeBudget",
        "licenseType",
        "priority",
        "evictionPolicy",
        "billingProfile",
      ]),
    },
  };
}

/** The identity as a client would have sent it. */
function identity(document: JsonObject | undefined): JsonObject {
  const found = document?.["identity"];
  if (!isJsonObject(found)) return {};
  const assigned = found["userAssignedIdentities"];
  const ids = isJsonObject(assigned) ? Object.keys(assigned) : [];
  return {
    identity: {
      type: found["type"],
      ...(ids.length === 0
        ? {}
        : { userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) }),
    },
  };
}

import { type JsonObject, objectField } from "../../base/json.ts";
import type { ManagementError } from "../engine/errors.ts";
import { webError } from "./errors.ts";

const boolean = [true, false];
const tlsVersions = ["1.0", "1.1", "1.2", "1.3"];
// The reference: "Allowed Values: 'Enabled', 'Disabled' or an empty string."
const publicNetworkAccess = ["Enabled", "Disabled", ""];

/** Values by property (https://learn.microsoft.com/rest/api/appservice/web-apps/create-or-update, "Definitions"). */
const ofSite: Readonly<Record<string, readonly unknown[]>> = {
  httpsOnly: boolean,
  clientCertEnabled: boolean,
  clientCertMode: ["Required", "Optional", "OptionalInteractiveUser"],
  publicNetworkAccess,
};

/** The same of `siteConfig`. */
const ofConfig: Readonly<Record<string, readonly unknown[]>> = {
  alwaysOn: boolean,
  ftpsState: ["AllAllowed", "FtpsOnly", "Disabled"],
  minTlsVersion: tlsVersions,
  scmMinTlsVersion: tlsVersions,
  publicNetworkAccess,
};

/** Throws BadRequest for a property of a site, or of its `siteConfig`, with a value that does not exist. */
export function requireSiteProperties(properties: JsonObject): void {
  requireValues(properties, ofSite);
  requireSiteConfigProperties(objectField(properties, "siteConfig"));
}

/** The same for a `siteConfig` alone, as `config/web` has it. */
export function requireSiteConfigProperties(siteConfig: JsonObject): void {
  requireValues(siteConfig, ofConfig);
}

function requireValues(
  properties: JsonObject,
  allowed: Readonly<Record<string, readonly unknown[]>>,
): void {
  for (const [name, values] of Object.entries(allowed)) {
    const value = properties[name] ?? undefined;
    if (value !== undefined && !values.map(folded).includes(folded(value))) throw invalid(name);
  }
}

/** In any case: sites are deployed with `ftpsState: 'disabled'` (Azure/azure-dev pull request 1345); of the others it is unverified. */
function folded(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** As App Service answers a body that it cannot read (Azure/azure-rest-api-specs issue 23604); which name it says is unverified. */
function invalid(name: string): ManagementError {
  return webError(400, "BadRequest", "The parameter {0} has an invalid value.", [name], "51008");
}

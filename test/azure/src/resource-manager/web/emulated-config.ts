import { type JsonObject, objectField, stringField } from "../../base/json.ts";
import { NotEmulated } from "../../base/not-emulated.ts";
import {
  accessRestrictions,
  InvalidAddressRange,
  scmAccessRestrictions,
} from "../../world/resources/access-restrictions.ts";
import { requireSettings, startCommand } from "../../world/resources/site-config.ts";
import { webError } from "./errors.ts";

/** Refuses a `siteConfig` that the local App Service would carry out differently from Azure, before anything is written. */
export function requireEmulatedConfig(siteConfig: JsonObject): void {
  requireAddressRanges(siteConfig);
  startCommand(stringField(siteConfig, "appCommandLine"));
  requireSettings(siteConfig);
}

/** The same for all properties of a site: one that ought to be closed must not be served open, nor fail each request. */
export function requireEmulatedSite(properties: JsonObject): void {
  for (const [name, value] of [
    ["clientCertEnabled", true],
    ["enabled", false],
  ] as const)
    if (properties[name] === value)
      throw new NotEmulated(`a site with ${name} ${value} is not emulated`);
  stringField(properties, "publicNetworkAccess");
  requireEmulatedConfig(objectField(properties, "siteConfig"));
}

function requireAddressRanges(siteConfig: JsonObject): void {
  try {
    accessRestrictions(siteConfig);
    scmAccessRestrictions(siteConfig);
  } catch (error) {
    if (!(error instanceof InvalidAddressRange)) throw error;
    throw webError(
      400,
      "BadRequest",
      'access restriction address "{0}" is not an address range such as 203.0.113.0/24',
      [error.range],
    );
  }
}

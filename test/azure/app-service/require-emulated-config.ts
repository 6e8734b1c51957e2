import { objectField, stringField, type JsonObject } from "../resource-manager/json-object.ts";
import { ManagementError } from "../resource-manager/management-error.ts";
import { accessRestrictions, scmAccessRestrictions } from "./access-restrictions.ts";
import { requireSettings } from "./require-settings.ts";
import { startCommand } from "./start-command.ts";

/** Refuses a `siteConfig` that the local App Service would carry out differently from Azure, before anything is written. */
export function requireEmulatedConfig(siteConfig: JsonObject): void {
  accessRestrictions(siteConfig);
  scmAccessRestrictions(siteConfig);
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
      throw new ManagementError(
        501,
        "NotImplemented",
        `a site with ${name} ${value} is not emulated`,
      );
  stringField(properties, "publicNetworkAccess");
  requireEmulatedConfig(objectField(properties, "siteConfig"));
}

import { stringField, type JsonObject } from "../resource-manager/json-object.ts";
import { accessRestrictions } from "./access-restrictions.ts";
import { startCommand } from "./start-command.ts";

/** Refuses a `siteConfig` that the local App Service would carry out differently from Azure, before anything is written. */
export function requireEmulatedConfig(siteConfig: JsonObject): void {
  accessRestrictions(siteConfig);
  startCommand(stringField(siteConfig, "appCommandLine"));
}

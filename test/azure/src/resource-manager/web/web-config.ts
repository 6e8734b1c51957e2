import {
  isJsonObject,
  type JsonObject,
  objectField,
  objectListField,
  stringField,
} from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { isOpenToAll } from "../../world/resources/access-restrictions.ts";
import { locationDisplayName } from "../engine/regions.ts";
import { defaultWebConfig, openToAll } from "./default-web-config.ts";
import { isFunctionApp } from "./site-kind.ts";

/** A site's `config/web` as GET answers it, under the site's own name (161 of 161 recorded answers). */
export function webConfig(site: Resource): JsonObject {
  const type = "Microsoft.Web/sites/config";
  return { ...writtenWebConfig(site), id: `${site.id}/config/web`, type };
}

/** The answer to its PUT and PATCH, which has the site's id and type too (57 of 57). */
export function writtenWebConfig(site: Resource): JsonObject {
  const { id, name, location = "", type } = site;
  return { id, name, type, location: locationDisplayName(location), properties: properties(site) };
}

/**
 * What the site's own `siteConfig` says over what Azure answers for the rest, without application settings and connection
 * strings: they are read by the list operations only, which take a permission of their own.
 */
function properties(site: Resource): JsonObject {
  const { name, properties: own } = site;
  const given = objectField(own, "siteConfig");
  const functions = isFunctionApp(site);
  return {
    ...defaultWebConfig,
    functionAppScaleLimit: functions ? 0 : null,
    elasticWebAppScaleLimit: functions ? null : 0,
    // Windows sites have a PHP of their own.
    phpVersion: own["reserved"] === true ? "" : "5.6",
    publishingUsername: `$${name}`,
    // A write that says whether there is remote debugging chooses its version.
    ...("remoteDebuggingEnabled" in given ? { remoteDebuggingVersion: "VS2022" } : {}),
    ...given,
    virtualApplications: applications(given),
    ipSecurityRestrictions: closed(given, "ipSecurityRestrictions"),
    scmIpSecurityRestrictions: closed(given, "scmIpSecurityRestrictions"),
    appSettings: null,
    connectionStrings: null,
  };
}

function applications({ virtualApplications, alwaysOn }: JsonObject): JsonObject[] {
  const root = { virtualPath: "/", physicalPath: String.raw`site\wwwroot` };
  const given = Array.isArray(virtualApplications) ? virtualApplications.filter(isJsonObject) : [];
  const shown = given.length === 0 ? [{ ...root, preloadEnabled: alwaysOn === true }] : given;
  return shown.map((application) => ({
    ...application,
    virtualDirectories: application["virtualDirectories"] ?? null,
  }));
}

/**
 * Rules are followed by the one for everybody else, and the one of a site without rules gives way to it (recorded:
 * webapp-access-restriction-add sends the second with a first rule, and reads "Deny all").
 */
function closed(siteConfig: JsonObject, name: string): unknown[] {
  const given = objectListField(siteConfig, name) ?? [];
  const rules = given.filter((rule) => !isOpenToAll(rule));
  if (rules.length === 0) return [openToAll];
  if (rules.some(({ priority }) => priority === openToAll.priority)) return rules;
  const allows = /^allow$/i.test(stringField(siteConfig, `${name}DefaultAction`) ?? "");
  const rest = { ...openToAll, action: "Deny", name: "Deny all", description: "Deny all access" };
  return [...rules, allows ? openToAll : rest];
}

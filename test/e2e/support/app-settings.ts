import { randomUUID } from "node:crypto";
import type { LocalAzure } from "local-azure";
import type { Resource } from "local-azure/testing";
import { homeDeployerApi } from "./deployer-api.ts";
import { siteAnswers } from "./site-answer.ts";

/** The one site of the local Azure. */
export function deployedSite({ state }: LocalAzure): Resource {
  const site = [...state.resources.values()].find(({ type }) => type === "Microsoft.Web/sites");
  if (site === undefined) throw new Error("the local Azure has no site");
  return site;
}

/** The deployed site's app settings, read through Resource Manager as the home tenant's deployer. */
export async function readAppSettings(azure: LocalAzure): Promise<Record<string, string>> {
  const { resourceManager } = homeDeployerApi(azure);
  const path = `${deployedSite(azure).id}/config/appsettings/list`;
  const { status, body } = await resourceManager("POST", path);
  if (status !== 200) throw new Error(`reading the app settings answered ${status}`);
  return body["properties"] as Record<string, string>;
}

/** Changes app settings behind the stack's back and returns when the restarted site answers. */
export async function changeAppSettings(
  azure: LocalAzure,
  siteUrl: string,
  change: Record<string, string>,
): Promise<void> {
  const { resourceManager } = homeDeployerApi(azure);
  const properties = { ...(await readAppSettings(azure)), ...change };
  const path = `${deployedSite(azure).id}/config/appsettings`;
  const { status } = await resourceManager("PUT", path, { properties });
  if (status !== 200) throw new Error(`writing the app settings answered ${status}`);
  await siteAnswers(siteUrl);
}

/** Restarts the site as any change of a setting does: it forgets its tokens and what it failed at. */
export function restartSite(azure: LocalAzure, siteUrl: string): Promise<void> {
  return changeAppSettings(azure, siteUrl, { RESTART: randomUUID() });
}

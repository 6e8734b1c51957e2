import { SiteApi } from "../../../infra/package/site-api.ts";
import type { Stage } from "./stage.ts";

/** The deployed site, asked as the home tenant's deployer. */
export async function homeSite(stage: Stage): Promise<SiteApi> {
  const { connection, state } = stage.azure;
  const [home] = connection.tenants;
  const site = [...state.resources.values()].find(({ type }) => type === "Microsoft.Web/sites");
  if (home === undefined || site === undefined) throw new Error("the stage has no deployed site");
  const deployer = {
    tenantId: home.tenantId,
    subscriptionId: home.subscriptionId,
    clientId: home.deployerClientId,
    loginEndpoint: connection.loginEndpoint,
    resourceManager: connection.resourceManager,
  };
  return SiteApi.of(site.id, deployer, {
    ACTIONS_ID_TOKEN_REQUEST_URL: connection.oidc.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: connection.oidc.requestToken,
  });
}

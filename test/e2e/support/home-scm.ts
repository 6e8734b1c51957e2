import { Scm } from "../../../infra/package/scm.ts";
import type { Stage } from "./stage.ts";

/** The deployed site's SCM, called as the home tenant's deployer. */
export async function homeScm(stage: Stage): Promise<Scm> {
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
  return Scm.of(site.id, deployer, {
    ACTIONS_ID_TOKEN_REQUEST_URL: connection.oidc.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: connection.oidc.requestToken,
  });
}

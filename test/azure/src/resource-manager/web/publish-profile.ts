import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/require-top-level-resource.ts";

const path =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}";

/**
 * A site's publish profile (https://learn.microsoft.com/rest/api/appservice/web-apps, List Publishing Profile Xml With
 * Secrets), which the Azure CLI reads after it has made a site.
 */
export function publishProfileOperation(siteHost: SiteHost): Operation {
  return {
    method: "POST",
    path: `${path}/publishxml`,
    action: "Microsoft.Web/sites/publishxml/action",
    missing: "passwords: nothing here takes one; profiles for MSDeploy and FTP",
    handle: (request) => publishProfile(requireTopLevelResource(request), siteHost),
  };
}

/** Attributes as https://learn.microsoft.com/visualstudio/deployment/tutorial-import-publish-settings-azure shows them. */
async function publishProfile({ id, name }: Resource, siteHost: SiteHost): Promise<Response> {
  const { main, scm } = await siteHost.siteHostNames(id);
  const attributes = {
    profileName: `${name} - Zip Deploy`,
    publishMethod: "ZipDeploy",
    publishUrl: scm,
    userName: `$${name}`,
    userPWD: "",
    destinationAppUrl: `https://${main}`,
    webSystem: "WebSites",
  };
  const text = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
  const body = `<publishData><publishProfile ${text.join(" ")}><databases /></publishProfile></publishData>`;
  return new Response(body, { headers: { "content-type": "application/xml" } });
}

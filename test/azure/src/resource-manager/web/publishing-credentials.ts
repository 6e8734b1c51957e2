import type { SiteHost } from "../../service/site-host.ts";
import type { Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/require-top-level-resource.ts";

const site = "Microsoft.Web/sites";
const type = `${site}/publishingcredentials`;

/**
 * A site's basic publishing credentials, which tools read for the address of SCM
 * (https://learn.microsoft.com/rest/api/appservice/web-apps/list-publishing-credentials).
 */
export function publishingCredentialsOperation(siteHost: SiteHost): Operation {
  return {
    method: "POST",
    path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${site}/{name}/config/publishingcredentials/list`,
    action: `${site}/config/list/action`,
    missing: "the password: nothing here takes one",
    handle: async (request) => {
      const { id, name, location } = requireTopLevelResource(request);
      const { scm } = await siteHost.siteHostNames(id);
      const publishingUserName = `$${name}`;
      return Response.json({
        id: `${id}/publishingcredentials/${publishingUserName}`,
        name,
        type,
        location,
        properties: {
          name: null,
          publishingUserName,
          publishingPassword: null,
          scmUri: `https://${scm}`,
        },
      });
    },
  };
}

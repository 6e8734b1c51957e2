import type { SiteHost } from "../../service/site-host.ts";
import type { Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/resource-store.ts";
import { deploymentStatusOperation } from "./deployment-status.ts";
import { webError } from "./errors.ts";
import { hostNameBindingOperations } from "./host-name-bindings.ts";
import { publishingCredentialsOperation } from "./publishing.ts";
import { webConfig } from "./web-config.ts";
import { withEtag } from "./web-etag.ts";

const type = "Microsoft.Web/sites";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/** What tools read of a site beside its configuration (https://learn.microsoft.com/rest/api/appservice/web-apps). */
export function siteReadOperations(siteHost: SiteHost): Operation[] {
  return [
    {
      method: "GET",
      path: `${path}/config`,
      action: `${type}/config/read`,
      handle: (request) => Response.json({ value: [webConfig(requireTopLevelResource(request))] }),
    },
    ...hostNameBindingOperations(siteHost),
    withEtag({
      method: "GET",
      path: `${path}/slots`,
      action: `${type}/slots/read`,
      handle: (request) => {
        requireTopLevelResource(request);
        return Response.json({ value: [], nextLink: null, id: null });
      },
    }),
    {
      method: "POST",
      path: `${path}/config/backup/list`,
      action: `${type}/config/list/action`,
      handle: (request) => {
        const { name } = requireTopLevelResource(request);
        // Azure answers 404 for a site without backups; the text is unverified.
        throw webError(404, "NotFound", "Backup configuration not found for site '{0}'.", [name]);
      },
    },
    publishingCredentialsOperation(siteHost),
    deploymentStatusOperation(siteHost),
  ];
}

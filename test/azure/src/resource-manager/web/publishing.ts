import { type JsonObject, objectField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import {
  findResource,
  putResource,
  renderResource,
  requireTopLevelResource,
} from "../engine/resource-store.ts";

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

const site = "Microsoft.Web/sites";

const credentialsType = `${site}/publishingcredentials`;

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
        type: credentialsType,
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

const policyType = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";

const parent =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}/basicPublishingCredentialsPolicies";

/**
 * Whether FTP and SCM take user names and passwords
 * (https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable). A policy always exists with its site:
 * there is no DELETE, and until it is written it allows.
 */
export const publishingPolicyOperations: Operation[] = ["ftp", "scm"].flatMap(
  (name): Operation[] => [
    { method: "GET", path: `${parent}/${name}`, action: `${policyType}/read`, handle: get },
    { method: "PUT", path: `${parent}/${name}`, action: `${policyType}/write`, handle: put },
  ],
);

function get(request: ManagementRequest): Response {
  const site = requireTopLevelResource(request);
  const written = findResource(request.azure.state, request.id);
  return Response.json(written ? renderResource(written) : unwritten(request.id, site));
}

function put(request: ManagementRequest): Response {
  requireTopLevelResource(request);
  const { resource } = putResource(request, policyType, objectField(request.body, "properties"));
  return Response.json(renderResource(resource));
}

function unwritten(id: string, { location }: Resource): JsonObject {
  const name = id.slice(id.lastIndexOf("/") + 1);
  return { id, name, type: policyType, location, properties: { allow: true } };
}

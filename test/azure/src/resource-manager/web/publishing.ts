import { type JsonObject, objectField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { locationDisplayName } from "../engine/regions.ts";
import { findResource, putResource, requireTopLevelResource } from "../engine/resource-store.ts";
import { STAMP } from "./web-space.ts";

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
    missing: "passwords: nothing here takes one; what MSDeploy and FTP would be answered by",
    handle: (request) => publishProfile(requireTopLevelResource(request), siteHost),
  };
}

/** Three ways of publishing (recorded: 117 of 117 answers), as attributes in Azure's order, without any password. */
async function publishProfile({ id, name }: Resource, siteHost: SiteHost): Promise<Response> {
  const { main, scm } = await siteHost.siteHostNames(id);
  const user = `$${name}`;
  const rest = {
    userPWD: "",
    destinationAppUrl: `https://${main}`,
    SQLServerDBConnectionString: "",
    mySQLDBConnectionString: "",
    hostingProviderForumLink: "",
    controlPanelLink: "https://portal.azure.com",
    webSystem: "WebSites",
  };
  const way = (label: string, publishMethod: string, publishUrl: string, own: object) =>
    profile({ profileName: `${name} - ${label}`, publishMethod, publishUrl, ...own, ...rest });
  const ftp = `ftps://${STAMP}.ftp.azurewebsites.windows.net/site/wwwroot`;
  const profiles = [
    way("Web Deploy", "MSDeploy", scm, { msdeploySite: name, userName: user }),
    way("FTP", "FTP", ftp, { ftpPassiveMode: "True", userName: `${name}\\${user}` }),
    way("Zip Deploy", "ZipDeploy", scm, { userName: user }),
  ];
  const body = `<publishData>${profiles.join("")}</publishData>`;
  return new Response(body, { headers: { "content-type": "application/xml" } });
}

function profile(attributes: Readonly<Record<string, string>>): string {
  const text = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
  return `<publishProfile ${text.join(" ")}><databases /></publishProfile>`;
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
        location: locationDisplayName(location ?? ""),
        properties: {
          name: null,
          publishingUserName,
          publishingPassword: null,
          publishingPasswordHash: null,
          publishingPasswordHashSalt: null,
          metadata: null,
          isDeleted: false,
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
  const policy = unwritten(request.id, site);
  return Response.json(written ? { ...policy, properties: written.properties } : policy);
}

function put(request: ManagementRequest): Response {
  const site = requireTopLevelResource(request);
  const { resource } = putResource(request, policyType, objectField(request.body, "properties"));
  return Response.json({ ...unwritten(request.id, site), properties: resource.properties });
}

function unwritten(id: string, { location }: Resource): JsonObject {
  const name = id.slice(id.lastIndexOf("/") + 1);
  const region = locationDisplayName(location ?? "");
  return { id, name, type: policyType, location: region, properties: { allow: true } };
}

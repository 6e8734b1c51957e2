import type { DeploymentProgress, SiteHost } from "../../service/site-host.ts";
import type { Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/resource-store.ts";
import { webError } from "./errors.ts";

const type = "Microsoft.Web/sites/deploymentStatus";

/**
 * How far a deployment is, up to the start of the site with it
 * (https://learn.microsoft.com/rest/api/appservice/web-apps/get-production-site-deployment-status). A final document is as many
 * people show it from `az webapp deploy`. That it is 202 with a Location until then is the reference's word (200 or 202, a
 * long-running operation); so is the action, by the resource type's name: no published list of operations has it. It is not
 * known to be 404 before SCM has told of the deployment, except to azd, which waits for that.
 */
export function deploymentStatusOperation(siteHost: SiteHost): Operation {
  return {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}/deploymentStatus/{deploymentStatusId}",
    action: `${type}/read`,
    missing: "states between the build and the start of the site",
    handle: async (request) => {
      const { id, location } = requireTopLevelResource(request);
      const name = request.param("deploymentStatusId");
      const progress = await siteHost.deploymentProgress(id, name);
      if (progress === undefined)
        throw webError(404, "NotFound", "Cannot find {0} with name {1}.", ["Deployment", name]);
      const properties = { deploymentId: name, ...render(progress) };
      const body = { id: request.id, name, type, location, properties };
      if (isFinal(progress)) return Response.json(body);
      const address = `https://${request.headers.get("host")}${request.id}?${request.query}`;
      return Response.json(body, { status: 202, headers: { location: address } });
    },
  };
}

function render({ status, error }: DeploymentProgress) {
  return {
    status,
    numberOfInstancesInProgress: status === "RuntimeStarting" ? 1 : 0,
    numberOfInstancesSuccessful: status === "RuntimeSuccessful" ? 1 : 0,
    numberOfInstancesFailed: status === "RuntimeFailed" ? 1 : 0,
    failedInstancesLogs: null,
    errors: error === undefined ? null : [{ message: error }],
  };
}

function isFinal({ status }: DeploymentProgress): boolean {
  return status === "RuntimeSuccessful" || status.endsWith("Failed");
}

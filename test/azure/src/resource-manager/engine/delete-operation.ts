import type { SiteHost } from "../../service/site-host.ts";
import { deleteResource } from "./delete-resource.ts";
import type { Operation } from "./operation.ts";
import { findResource } from "./resource-store.ts";

/** The DELETE of a top-level resource that nothing else holds back: 200, or 204 when there was none. */
export function deleteOperation(type: string, path: string, siteHost: SiteHost): Operation {
  return {
    method: "DELETE",
    path,
    action: `${type}/delete`,
    handle: async ({ azure, id }) => {
      const resource = findResource(azure.state, id);
      if (resource === undefined) return new Response(null, { status: 204 });
      await deleteResource(azure, siteHost, resource);
      return new Response(null, { status: 200 });
    },
  };
}

import { createHash } from "node:crypto";
import type { Operation } from "../engine/operation.ts";
import { findResource } from "../engine/resource-store.ts";

/**
 * An operation whose answer has the entity tag of the site or plan that it is about, in App Service's form: `"1D9625F53C04BAB"`
 * (recorded on every write of Microsoft.Web and on the reads of sites, 884 answers).
 */
export function withEtag(operation: Operation): Operation {
  return {
    ...operation,
    handle: async (request) => {
      const top = request.id.split("/").slice(0, 9).join("/");
      const before = findResource(request.azure.state, top);
      const response = await operation.handle(request);
      if (response.status !== 200) return response;
      const { properties, tags } = findResource(request.azure.state, top) ??
        before ?? { properties: {} };
      const hash = createHash("sha256")
        .update(JSON.stringify([properties, tags]))
        .digest("hex");
      response.headers.set("etag", `"1DA${hash.slice(0, 12).toUpperCase()}"`);
      return response;
    },
  };
}

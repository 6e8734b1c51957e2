import { isJsonObject, stringField } from "../base/json.ts";
import type { Resource } from "../world/resource-records.ts";
import { API_VERSIONS, INSTANCE_API_VERSIONS } from "./api-versions.ts";

const json = { "content-type": "application/json; charset=utf-8" };

/** The api-versions, which is the one request that names none (instance-metadata-service, "Versions"). */
export function answerVersions(): Response {
  return new Response(JSON.stringify({ apiVersions: INSTANCE_API_VERSIONS }), { headers: json });
}

/**
 * What a machine is told of itself, or one `field` of it as text (instance-metadata-service, "Get VM metadata" and "Leaf
 * elements"). Left out is what the local machines do not have: image, disks, plan, placement. The answer without api-version is
 * documented; that an unknown one is answered alike is unverified.
 */
export function answerCompute(
  machine: Resource,
  field: string | undefined,
  query: URLSearchParams,
): Response | undefined {
  const version = query.get("api-version");
  if (version === null || !INSTANCE_API_VERSIONS.includes(version))
    return versionRefused(
      version === null ? "was not specified in the request" : "is not supported",
    );
  const compute = computeOf(machine);
  if (field === undefined) return new Response(JSON.stringify(compute), { headers: json });
  const value = Object.entries(compute).find(([name]) => name === field)?.[1];
  if (value === undefined) return undefined;
  if (typeof value !== "string") return new Response(JSON.stringify(value), { headers: json });
  return new Response(value, { headers: { "content-type": "text/plain; charset=utf-8" } });
}

function computeOf({ id, name, location, subscriptionId, tags = {}, properties }: Resource) {
  const { hardwareProfile, vmId } = properties;
  return {
    location: location ?? "",
    name,
    provider: "Microsoft.Compute",
    resourceGroupName: id.split("/")[4] ?? "",
    resourceId: id,
    subscriptionId,
    tags: Object.entries(tags)
      .map((tag) => tag.join(":"))
      .join(";"),
    tagsList: Object.entries(tags).map(([tagName, value]) => ({ name: tagName, value })),
    vmId: String(vmId),
    vmSize: (isJsonObject(hardwareProfile) && stringField(hardwareProfile, "vmSize")) || "",
  };
}

function versionRefused(what: string): Response {
  const error = `Bad request. api-version ${what}. For more information refer to aka.ms/azureimds`;
  const body = { error, "newest-versions": API_VERSIONS.slice(-3).toReversed() };
  return new Response(JSON.stringify(body), { status: 400, headers: json });
}

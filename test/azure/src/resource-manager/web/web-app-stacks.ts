import type { JsonObject } from "../../base/json.ts";
import type { Operation } from "../engine/operation.ts";

/** The runtimes, by their `endOfLifeDate` (nodejs.org/en/about/previous-releases). */
const nodeReleases = [
  { version: 24, endOfLife: "2028-04-30T00:00:00Z" },
  { version: 22, endOfLife: "2027-04-30T00:00:00Z" },
];

/**
 * The runtimes that a site may name in `linuxFxVersion`, which the Azure CLI looks a site's `--runtime` up in
 * (https://learn.microsoft.com/rest/api/appservice/provider/get-web-app-stacks). Any caller of a tenant may read them.
 */
export const webAppStackOperations: Operation[] = [
  {
    method: "GET",
    path: "/providers/Microsoft.Web/webAppStacks",
    action: null,
    missing: "runtimes but Node on Linux",
    handle: ({ id, query }) => {
      const os = query.get("stackOsType")?.toLowerCase() ?? "all";
      return Response.json({ value: os === "windows" ? [] : [nodeStack(id)] });
    },
  },
];

function nodeStack(id: string): JsonObject {
  return {
    id: `${id}/node`,
    name: "node",
    type: "Microsoft.Web/webAppStacks",
    properties: {
      displayText: "Node",
      value: "node",
      preferredOs: "linux",
      majorVersions: nodeReleases.map(({ version, endOfLife }) => ({
        displayText: `Node ${version}`,
        value: String(version),
        minorVersions: [
          {
            displayText: `Node ${version} LTS`,
            value: `${version}-lts`,
            stackSettings: {
              linuxRuntimeSettings: {
                runtimeVersion: `NODE|${version}-lts`,
                remoteDebuggingSupported: false,
                appInsightsSettings: { isSupported: true },
                gitHubActionSettings: { isSupported: true, supportedVersion: `${version}.x` },
                supportedFeatures: { disableSsh: true },
                endOfLifeDate: endOfLife,
              },
            },
          },
        ],
      })),
    },
  };
}

import type { JsonObject } from "../../base/json.ts";
import { apiVersions } from "../engine/api-versions.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { isRegistered, setRegistered } from "../engine/provider-registration.ts";
import { regions } from "../engine/regions.ts";

const collection = "/subscriptions/{subscriptionId}/providers";
const path = `${collection}/{namespace}`;
const action = "Microsoft.Resources/subscriptions/providers";

/** Resource providers of a subscription (https://learn.microsoft.com/rest/api/resources/providers). */
export const providerOperations: Operation[] = [
  {
    method: "GET",
    path: collection,
    action: `${action}/read`,
    missing: "providers that are not emulated",
    handle: (request) =>
      Response.json({ value: Object.keys(apiVersions).map((name) => render(request, name)) }),
  },
  {
    method: "GET",
    path,
    action: `${action}/read`,
    missing: "providers that are not emulated",
    handle: (request) => Response.json(render(request, requireNamespace(request))),
  },
  register("register", true),
  register("unregister", false),
];

/** Takes a while on Azure, which answers `Registering` until then; here it is done at once. */
function register(name: string, registered: boolean): Operation {
  return {
    method: "POST",
    path: `${path}/${name}`,
    action: `{namespace}/${name}/action`,
    missing: "providers that are not emulated",
    handle: (request) => {
      const namespace = requireNamespace(request);
      setRegistered(request, namespace, registered);
      return Response.json(render(request, namespace));
    },
  };
}

function requireNamespace({ param }: ManagementRequest): string {
  const given = param("namespace");
  const namespace = Object.keys(apiVersions).find(
    (known) => known.toLowerCase() === given.toLowerCase(),
  );
  if (namespace !== undefined) return namespace;
  throw new ManagementError(
    501,
    "NotImplemented",
    `the resource provider '${given}' is not emulated, only ${Object.keys(apiVersions).join(", ")} are`,
  );
}

function render({ azure, tenant }: ManagementRequest, namespace: string): JsonObject {
  const { subscriptionId } = tenant;
  const isExtension = namespace === "Microsoft.Authorization";
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    authorizations: [],
    registrationPolicy: isAlwaysThere(namespace) ? "RegistrationFree" : "RegistrationRequired",
    registrationState: isRegistered(azure.state, subscriptionId, namespace)
      ? "Registered"
      : "NotRegistered",
    resourceTypes: Object.entries(apiVersions[namespace] ?? {}).map(([resourceType, versions]) => ({
      resourceType,
      locations: isExtension ? [] : regions.map(({ displayName }) => displayName),
      apiVersions: versions,
      capabilities: isExtension ? "SupportsExtension" : "SupportsTags, SupportsLocation",
    })),
  };
}

function isAlwaysThere(namespace: string): boolean {
  return /^Microsoft\.(?:Authorization|Resources)$/i.test(namespace);
}

import type { Route } from "../service/route.ts";

const instance = "azure/virtual-machines/instance-metadata-service";

/** The instance metadata service of a virtual machine, as machine-endpoint.ts registers it. */
export const machineRoutes: readonly Route[] = [
  token("/metadata/identity/oauth2/token"),
  token("/metadata/identity/oauth2/token/"),
  {
    ...token("/metadata/identity/info"),
    document: "entra/identity/devices/howto-vm-sign-in-azure-ad-windows",
    verified: "observed",
  },
  { ...token("/metadata/versions"), document: instance },
  compute("/metadata/instance/compute"),
  compute("/metadata/instance/compute/{field}"),
  refused("/metadata/instance/{path}"),
  refused("/metadata/attested/{path}"),
  refused("/metadata/scheduledevents/{path}"),
  refused("/metadata/loadbalancer/{path}"),
];

function token(path: string): Route {
  return {
    method: "GET",
    path,
    supported: "yes",
    document: "entra/identity/managed-identities-azure-resources/how-to-use-vm-token",
    verified: "document",
  };
}

function refused(path: string): Route {
  return { method: "GET", path, supported: "no", document: instance, verified: "document" };
}

function compute(path: string): Route {
  return {
    ...token(path),
    document: instance,
    supported: "partly",
    missing: "image, operating system, disks, plan, placement",
  };
}

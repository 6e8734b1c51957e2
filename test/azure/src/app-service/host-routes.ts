import type { Route } from "../service/route.ts";

const instance = "azure/virtual-machines/instance-metadata-service";
const kudu = "https://github.com/projectkudu/kudu/wiki/REST-API";

/** The managed identity endpoint of App Service, as identity-endpoint.ts registers it. */
export const identityEndpointRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/msi/token",
    supported: "yes",
    document: "azure/app-service/overview-managed-identity",
    verified: "document",
  },
];

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

/** The SCM site (Kudu) of every site, as scm-front.ts registers it. */
export const scmRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/publish",
    supported: "partly",
    missing: "everything but type=zip with WEBSITE_RUN_FROM_PACKAGE=1",
    document: "azure/app-service/deploy-zip",
    verified: "document",
  },
  scm("/api/deployments"),
  scm("/api/deployments/{id}"),
  {
    ...scm("/api/vfs/data/SitePackages/{name}"),
    supported: "partly",
    missing: "other folders",
    verified: "unverified",
  },
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

function scm(path: string): Route {
  return { method: "GET", path, supported: "yes", document: kudu, verified: "document" };
}

function compute(path: string): Route {
  return {
    ...token(path),
    document: instance,
    supported: "partly",
    missing: "image, operating system, disks, plan, placement",
  };
}

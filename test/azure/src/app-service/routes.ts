import type { Route } from "../service/route.ts";

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

function scm(path: string): Route {
  return { method: "GET", path, supported: "yes", document: kudu, verified: "document" };
}

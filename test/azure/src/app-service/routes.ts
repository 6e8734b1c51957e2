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

const partly = { supported: "partly", missing: "other folders, and listing one" } as const;

/** The SCM site (Kudu) of every site, as scm-front.ts registers it. */
export const scmRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/publish",
    supported: "partly",
    missing: "everything but type=zip, and partial deployments",
    document: "azure/app-service/deploy-zip",
    verified: "document",
  },
  scm("/api/deployments"),
  scm("/api/deployments/{id}"),
  scm("/api/deployments/"),
  scm("/api/deployments/latest"),
  { ...scm("/api/vfs/site/wwwroot/{path}"), ...partly },
  { ...scm("/api/vfs/LogFiles/{path}"), ...partly },
  { ...scm("/api/vfs/data/SitePackages/{name}"), ...partly },
  scm("/api/logs/docker"),
];

function scm(path: string): Route {
  return { method: "GET", path, supported: "yes", document: kudu, verified: "document" };
}

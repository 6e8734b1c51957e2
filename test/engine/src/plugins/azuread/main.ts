import { serveProvider } from "../protocol/serve-provider.ts";
import { standIns } from "../stand-ins.ts";
import { applicationFederatedIdentityCredential } from "./application-federated-identity-credential.ts";
import { application } from "./application.ts";
import { connectGraph } from "./graph.ts";
import { servicePrincipal } from "./service-principal.ts";

await serveProvider({
  ...standIns.azuread,
  connect: connectGraph,
  types: new Map([
    ["azuread:index/application:Application", application],
    [
      "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
      applicationFederatedIdentityCredential,
    ],
    ["azuread:index/servicePrincipal:ServicePrincipal", servicePrincipal],
  ]),
  invokes: new Map(),
});

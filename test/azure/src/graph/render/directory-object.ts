import type { Azure } from "../../service/azure.ts";
import type { Application, ServicePrincipal } from "../../world/directory-records.ts";
import { renderApplication } from "./application.ts";
import { renderServicePrincipal } from "./service-principal.ts";

/** An object as Graph shows it in a collection of several types: with the name of its own. */
export function renderDirectoryObject(azure: Azure, object: Application | ServicePrincipal) {
  return "servicePrincipalType" in object
    ? {
        "@odata.type": "#microsoft.graph.servicePrincipal",
        ...renderServicePrincipal(azure, object),
      }
    : { "@odata.type": "#microsoft.graph.application", ...renderApplication(object) };
}

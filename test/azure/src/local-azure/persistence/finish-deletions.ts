import type { AppService } from "../../app-service/app-service.ts";
import { deleteResource } from "../../resource-manager/engine/delete-resource.ts";
import type { Azure } from "../../service/azure.ts";

/** Ends the deletions of resource groups that an earlier process was killed in the middle of: each was accepted. */
export async function finishDeletions(azure: Azure, appService: AppService): Promise<void> {
  const groups = [...azure.state.resources.values()].filter(
    ({ type, properties }) =>
      type === "Microsoft.Resources/resourceGroups" &&
      properties["provisioningState"] === "Deleting",
  );
  for (const group of groups) await deleteResource(azure, appService, group);
}

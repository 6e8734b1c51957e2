import { homeOwner, type HomeOwner } from "../home-owner.ts";

/** A second group of the owner's, and resources in both, with tags to list and to change; for tests. */
export async function taggedResources(): Promise<HomeOwner> {
  const home = await homeOwner();
  const { owner, group } = home;
  await owner("PUT", `${group}2`, { location: "northeurope", tags: { Stage: "dev" } });
  const identities = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
  for (const name of ["one", "two", "three"])
    await owner("PUT", `${group}${identities}/${name}`, {
      location: "West Europe",
      tags: { stage: name === "one" ? "prod" : "dev" },
    });
  const account = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
  const accounts = "/providers/Microsoft.Storage/storageAccounts";
  await owner("PUT", `${group}2${accounts}/listed`, account);
  await owner("PUT", `${group}2${accounts}/listed/blobServices/default/containers/box`, {});
  const locks = "/providers/Microsoft.Authorization/locks";
  await owner("PUT", `${group}2${locks}/kept`, { properties: { level: "CanNotDelete" } });
  return home;
}

import { type ContainerClient, RestError } from "@azure/storage-blob";

/**
 * Deletes a container of Azurite whose resource is gone. Whoever deletes an account at Resource Manager has no lease to
 * show; Blob storage itself wants one (learn.microsoft.com/rest/api/storageservices/delete-container).
 */
export async function deleteContainer(container: ContainerClient): Promise<void> {
  try {
    await container.deleteIfExists();
  } catch (error) {
    if (!(error instanceof RestError && error.code === "LeaseIdMissing")) throw error;
    await container.getBlobLeaseClient().breakLease(0);
    await container.deleteIfExists();
  }
}

import type { ContainerClient } from "@azure/storage-blob";

/** Writes a small block blob, for tests. */
export async function uploadBlob(
  container: ContainerClient,
  name: string,
  content = "x",
): Promise<void> {
  await container.getBlockBlobClient(name).upload(content, content.length);
}

/** The names that the listing of a container's blobs has, in its order. */
export async function blobNames(
  container: ContainerClient,
  options: Parameters<ContainerClient["listBlobsFlat"]>[0] = {},
): Promise<string[]> {
  const listed: string[] = [];
  for await (const { name } of container.listBlobsFlat(options)) listed.push(name);
  return listed;
}

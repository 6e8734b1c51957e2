/**
 * Whether an address is one of Data Lake Storage, which has the same accounts as Blob storage: by its host,
 * `<account>.dfs.localhost`, or, where the account stands in the path, by a parameter that only its operations have
 * (https://learn.microsoft.com/rest/api/storageservices/data-lake-storage-gen2).
 */
export function isDataLakeAddress(address: string): boolean {
  const { hostname, searchParams } = new URL(address);
  const service = /\.(dfs|blob)\.localhost$/i.exec(hostname)?.[1];
  if (service !== undefined) return service.toLowerCase() === "dfs";
  return searchParams.has("action") || searchParams.has("resource");
}

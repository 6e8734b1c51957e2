/**
 * The header `Server` of an answer at this address: Azure's for Blob storage, in the samples of
 * https://learn.microsoft.com/rest/api/storageservices/create-container, and for Data Lake Storage, as observed (the
 * recordings of azure-sdk-for-js, storage-file-datalake).
 */
export function serviceName(address: string): string {
  const service = isDataLakeAddress(address) ? "HDFS" : "Blob";
  return `Windows-Azure-${service}/1.0 Microsoft-HTTPAPI/2.0`;
}

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

import { isDataLakeAddress } from "./data-lake-address.ts";

/**
 * The header `Server` of an answer at this address: Azure's for Blob storage, in the samples of
 * https://learn.microsoft.com/rest/api/storageservices/create-container, and for Data Lake Storage, as observed (the
 * recordings of azure-sdk-for-js, storage-file-datalake).
 */
export function serviceName(address: string): string {
  const service = isDataLakeAddress(address) ? "HDFS" : "Blob";
  return `Windows-Azure-${service}/1.0 Microsoft-HTTPAPI/2.0`;
}

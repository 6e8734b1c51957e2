/**
 * Whether a Range header, if there is one, has a form of
 * https://learn.microsoft.com/rest/api/storageservices/specifying-the-range-header-for-blob-service-operations. What Azure
 * makes of others, such as several ranges or the last bytes, is not known, and Azurite fails on them.
 */
export function isRangeHeader(value: string | null): boolean {
  if (value === null) return true;
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
  return start !== undefined && (end === "" || Number(start) <= Number(end));
}

const ADVICE = "must be https, with no user info or query and at most the account in its path";

/**
 * What is wrong with the address of an external target's storage account, or undefined. Its host must be at or
 * below the cloud's storage suffix, because the site sends a storage token there.
 */
export function blobEndpointProblem(endpoint: unknown, storageSuffix: string): string | undefined {
  if (typeof endpoint !== "string" || !URL.canParse(endpoint))
    return `${ADVICE}, such as ${example(storageSuffix)}`;
  const url = new URL(endpoint);
  const extra = url.username + url.password + url.search + url.hash;
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  if (url.protocol !== "https:" || extra !== "" || /[?#@]/.test(endpoint) || segments.length > 1) {
    return ADVICE;
  }
  if (url.hostname !== storageSuffix && !url.hostname.endsWith(`.${storageSuffix}`)) {
    return `must be on the cloud's storage suffix, such as ${example(storageSuffix)}`;
  }
  return undefined;
}

function example(storageSuffix: string): string {
  return `https://<account>.blob.${storageSuffix}`;
}

const FORM = /^https:\/\/[^/?#@\\\s]+(\/[a-z0-9]+)?$/;

/**
 * What is wrong with the address of an external target's storage account, or undefined. Its host must be at or
 * below the cloud's storage suffix, because the site sends a storage token there.
 */
export function blobEndpointProblem(endpoint: string, storageSuffix: string): string | undefined {
  const example = `such as https://<account>.blob.${storageSuffix}`;
  if (!FORM.test(endpoint) || !URL.canParse(endpoint)) {
    return `must be https, with no user info or query and at most the account in its path, ${example}`;
  }
  const { hostname } = new URL(endpoint);
  if (hostname !== storageSuffix && !hostname.endsWith(`.${storageSuffix}`)) {
    return `must be on the cloud's storage suffix, ${example}`;
  }
  return undefined;
}

/** The address as an error may show it: a password or a shared access signature in it stays out of the log. */
export function shownEndpoint(endpoint: string): string {
  return endpoint.replace(/\/\/[^/]*@/, "//(hidden)@").replace(/[?#].*/s, "?(hidden)");
}

import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  type StorageSharedKeyCredential,
} from "@azure/storage-blob";
import type { BlobGrant } from "../access/storage-authorization.ts";

const signed =
  "content-encoding content-language content-length content-md5 content-type date if-modified-since if-match if-none-match if-unmodified-since range";

/**
 * The Authorization header for a request to Azurite
 * (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key), for what no signature in a query can do:
 * access policies. `path` begins with the account; `headers` are those of the request.
 */
export function azuriteSharedKey(
  credential: StorageSharedKeyCredential,
  { method, path, query, headers }: Signed,
): string {
  const { accountName } = credential;
  const standard = signed.split(" ").map((name) => {
    const value = headers.get(name) ?? "";
    return name === "content-length" && value === "0" ? "" : value;
  });
  const own = [...headers].filter(([name]) => name.startsWith("x-ms-")).map((h) => h.join(":"));
  const parameters = [...query].map(([name, value]) => `${name.toLowerCase()}:${value}`).sort();
  const text = [method, ...standard, ...own, `/${accountName}${path}`, ...parameters].join("\n");
  return `SharedKey ${accountName}:${credential.computeHMACSHA256(text)}`;
}

interface Signed {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/**
 * The query that lets a request in at Azurite, whose own clock is the machine's, whatever the injected one says. It enforces
 * that nothing is replaced where the grant is for adding.
 */
export function azuriteSignature(
  credential: StorageSharedKeyCredential,
  grant: BlobGrant = "full",
): string {
  return generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 15 * 60_000),
      permissions: AccountSASPermissions.parse(grant === "full" ? "rwdxlacuptfi" : "rdxlacuptfi"),
      services: AccountSASServices.parse("b").toString(),
      resourceTypes: AccountSASResourceTypes.parse("sco").toString(),
      version: "2020-10-02",
    },
    credential,
  ).toString();
}

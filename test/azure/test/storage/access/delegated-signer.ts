import {
  BlobSASPermissions,
  type BlobSASSignatureValues,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
  type UserDelegationKey,
} from "@azure/storage-blob";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import type { StorageWorld } from "../storage-world.ts";

export const HOUR = 3_600_000;
const now = Date.now();

/** That many milliseconds after these tests began. */
export function at(milliseconds: number): Date {
  return new Date(now + milliseconds);
}

/** A key of the world's account for a principal, from an hour ago on. */
export function keyOf(
  world: StorageWorld,
  principal: ServicePrincipal,
  life = HOUR,
): Promise<UserDelegationKey> {
  return world.client(principal).getUserDelegationKey(at(-HOUR), at(life));
}

/** To sign for the blob "a b.txt", with these letters. */
export function blob(letters: string): BlobSASSignatureValues {
  const permissions = BlobSASPermissions.parse(letters);
  return { containerName: "invoices", blobName: "a b.txt", permissions, expiresOn: at(HOUR / 2) };
}

/** To sign for the container "invoices", with these letters. */
export function container(letters: string): BlobSASSignatureValues {
  const permissions = ContainerSASPermissions.parse(letters);
  return { containerName: "invoices", permissions, expiresOn: at(HOUR / 2) };
}

/** The query that the official client makes of it: the independent signer. */
export function signWith(
  world: StorageWorld,
  key: UserDelegationKey,
  values: BlobSASSignatureValues,
): string {
  const signed = { protocol: SASProtocol.Https, ...values };
  return generateBlobSASQueryParameters(signed, key, world.account.name).toString();
}

import type { Resource } from "./resource-records.ts";

/** A soft-deleted vault. Times in milliseconds since the epoch. */
export interface DeletedVault {
  readonly vault: Resource;
  readonly deletionDate: number;
  readonly scheduledPurgeDate: number;
}

/** One version of a secret. Times in whole seconds since the epoch. */
export interface SecretVersion {
  readonly id: string;
  readonly value: string;
  readonly created: number;
  updated: number;
  enabled: boolean;
  contentType: string | undefined;
  tags: Record<string, string> | undefined;
  nbf: number | undefined;
  exp: number | undefined;
}

/** A secret of a vault, with all its versions. */
export interface Secret {
  readonly name: string;
  /** In the order they were set. */
  readonly versions: SecretVersion[];
}

/** A soft-deleted secret. Times in whole seconds since the epoch. */
export interface DeletedSecret {
  readonly secret: Secret;
  readonly deletedDate: number;
  readonly scheduledPurgeDate: number;
}

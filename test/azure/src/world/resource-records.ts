import type { Replicated } from "./consistency.ts";

/** A key of a storage account. */
export interface AccountKey {
  readonly keyName: string;
  /** Base64. */
  readonly value: string;
  /** ISO 8601. */
  readonly creationTime: string;
}

/** A resource of Resource Manager, kept as its last accepted body. Keyed by its id in lower case. Only credentials are seen late. */
export interface Resource extends Replicated {
  readonly id: string;
  readonly name: string;
  /** For example Microsoft.Web/sites. */
  readonly type: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  location?: string;
  kind?: string;
  sku?: unknown;
  tags?: Record<string, string>;
  identity?: unknown;
  /** Of a storage account, once they were asked for. */
  accountKeys?: readonly AccountKey[];
  properties: Record<string, unknown>;
  /** When a client first and last wrote it, ISO 8601. */
  createdTime?: string;
  changedTime?: string;
}

import { isJsonObject, type JsonObject, objectField } from "../../base/json.ts";
import { ManagementError } from "../engine/errors.ts";
import { notAllowed } from "./errors.ts";

const kinds = ["Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"];
const standard = ["LRS", "GRS", "RAGRS", "ZRS", "GZRS", "RAGZRS"];
/** Every SKU that an account can have. */
export const skus: readonly string[] = [
  ...standard.map((replication) => `Standard_${replication}`),
  ...["LRS", "GRS", "ZRS", "GZRS"].map((replication) => `StandardV2_${replication}`),
  "Premium_LRS",
  "Premium_ZRS",
  "PremiumV2_LRS",
  "PremiumV2_ZRS",
];

/** Values by property (https://learn.microsoft.com/rest/api/storagerp/storage-accounts/create, "Definitions"). */
const allowed: Readonly<Record<string, readonly unknown[]>> = {
  minimumTlsVersion: ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"],
  accessTier: ["Hot", "Cool", "Cold", "Premium"],
  publicNetworkAccess: ["Enabled", "Disabled", "SecuredByPerimeter"],
  allowBlobPublicAccess: [true, false],
  allowSharedKeyAccess: [true, false],
  supportsHttpsTrafficOnly: [true, false],
};

/**
 * Throws for a kind and SKU that a new account cannot have. That a missing one is refused in the same words is unverified.
 */
export function requireKindAndSku(body: JsonObject): void {
  const [kind, sku] = [body["kind"], objectField(body, "sku")["name"]];
  const wrong = [
    ...(typeof kind === "string" && kinds.includes(kind) ? [] : ["kind"]),
    ...(typeof sku === "string" && skus.includes(sku) ? [] : ["sku"]),
  ];
  const mismatched = wrong.length === 0 && !fit(String(kind), String(sku)) ? ["kind", "sku"] : [];
  refuseParameters([...wrong, ...mismatched]);
}

/** Throws for a SKU name that does not exist; for a PATCH or a second PUT, which may leave it out. */
export function requireSkuName(body: JsonObject): void {
  if (body["sku"] === undefined) return;
  const { name } = objectField(body, "sku");
  refuseParameters(typeof name === "string" && skus.includes(name) ? [] : ["sku"]);
}

/**
 * Throws for a property's value that does not exist, and 501 for a hierarchical namespace: the blobs of every account here are
 * in a flat one.
 */
export function requireAccountProperties(properties: JsonObject): void {
  if (properties["isHnsEnabled"] === true)
    throw new ManagementError(
      501,
      "NotImplemented",
      "an account with a hierarchical namespace (isHnsEnabled) is not emulated",
    );
  for (const [name, values] of Object.entries(allowed)) {
    const value = properties[name] ?? undefined;
    if (value !== undefined && !values.includes(value)) throw notAllowed(name, value);
  }
  requireNetworkRules(properties["networkAcls"] ?? undefined);
  requireExpirationPeriod(properties["keyPolicy"] ?? undefined);
}

/** The default action may be in any case, and is answered in its own (recorded: `deny`). */
function requireNetworkRules(networkAcls: unknown): void {
  if (networkAcls === undefined) return;
  const action = isJsonObject(networkAcls) ? networkAcls["defaultAction"] : networkAcls;
  const known = ["Allow", "Deny"].find(
    (each) => each.toLowerCase() === String(action).toLowerCase(),
  );
  if (known === undefined) throw notAllowed("networkAcls.defaultAction", action);
  if (isJsonObject(networkAcls)) networkAcls["defaultAction"] = known;
}

/** Days until keys are to be renewed: at least one (recorded for -260, which is refused in these words). */
function requireExpirationPeriod(keyPolicy: unknown): void {
  if (!isJsonObject(keyPolicy)) return;
  const days = keyPolicy["keyExpirationPeriodInDays"];
  if (typeof days === "number" && days >= 0) return;
  throw new ManagementError(
    400,
    "InvalidValuesForRequestParameters",
    "Values for request parameters are invalid: keyPolicy.keyExpirationPeriodInDays.",
  );
}

/** A SKU as it is answered: its tier is the name's first part. */
export function completeSku(sku: unknown): unknown {
  if (!isJsonObject(sku) || typeof sku["name"] !== "string") return sku;
  return { name: sku["name"], tier: sku["name"].startsWith("Premium") ? "Premium" : "Standard" };
}

/** The kinds that an account with a SKU can have. */
export function kindsOf(sku: string): readonly string[] {
  return kinds.filter((kind) => fit(kind, sku));
}

/** Premium files and block blobs have kinds of their own; a StorageV2 account with a premium SKU holds page blobs, in one zone. */
function fit(kind: string, sku: string): boolean {
  const premium = sku.startsWith("Premium");
  if (kind === "FileStorage" || kind === "BlockBlobStorage") return premium || sku.includes("V2_");
  return !premium || sku === "Premium_LRS";
}

function refuseParameters(names: readonly string[]): void {
  if (names.length === 0) return;
  throw new ManagementError(
    400,
    "InvalidValuesForRequestParameters",
    `Values for request parameters are invalid: ${names.join(", ")}. For more information, see - https://aka.ms/storageaccounttypes`,
  );
}

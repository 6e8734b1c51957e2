import { isJsonObject } from "../base/json.ts";
import type { Resource } from "../world/resource-records.ts";

/**
 * Get Account Information (https://learn.microsoft.com/rest/api/storageservices/get-account-information), from what Resource
 * Manager knows: Azurite would speak of itself.
 */
export function answerAccountInformation({ sku, kind }: Resource, request: Request): Response {
  const name = isJsonObject(sku) ? sku["name"] : undefined;
  return new Response(null, {
    headers: {
      "x-ms-sku-name": typeof name === "string" ? name : "Standard_LRS",
      "x-ms-account-kind": kind ?? "StorageV2",
      "x-ms-is-hns-enabled": "false",
      "x-ms-version": request.headers.get("x-ms-version") ?? "",
    },
  });
}

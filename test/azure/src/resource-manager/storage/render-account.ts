import { isJsonObject, type JsonObject, objectField, stringField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { renderResource } from "../engine/resource-store.ts";
import { pairedRegion } from "./paired-region.ts";

/** An account as it is answered: with tags whether or not it has some (13 of 13), and with what follows from kind and SKU. */
export function renderAccount(account: Resource): JsonObject {
  const { properties, tags } = account;
  return {
    ...renderResource(account),
    tags: tags ?? {},
    properties: {
      ...properties,
      encryption: encryptionOf(account),
      ...secondary(account),
    },
  };
}

/** What a geo-redundant account has in a second region, and where it may be read, the addresses there. */
function secondary({ sku, location = "", name, properties }: Resource): JsonObject {
  const replication = isJsonObject(sku) ? (stringField(sku, "name") ?? "") : "";
  if (!/(?:GRS|GZRS)$/.test(replication)) return {};
  const place = { secondaryLocation: pairedRegion(location), statusOfSecondary: "available" };
  if (!/RAG/.test(replication)) return place;
  const primary = Object.entries(objectField(properties, "primaryEndpoints"));
  const there = primary
    .filter(([service]) => service !== "file")
    .map(([service, url]) => [service, String(url).replaceAll(name, `${name}-secondary`)]);
  return { ...place, secondaryEndpoints: Object.fromEntries(there) };
}

/** Blobs and files are always encrypted; what a body says of them is completed. */
function encryptionOf({ properties }: Resource): JsonObject {
  const encryption = objectField(properties, "encryption");
  const services = objectField(encryption, "services");
  const lastEnabledTime = properties["creationTime"];
  const complete = (name: string) => ({
    keyType: "Account",
    enabled: true,
    ...objectField(services, name),
    lastEnabledTime,
  });
  const always = { blob: complete("blob"), file: complete("file") };
  return { keySource: "Microsoft.Storage", ...encryption, services: { ...services, ...always } };
}

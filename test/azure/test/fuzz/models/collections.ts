import { fuzzTenants } from "../fuzz-seed.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { resourceBodies, signedInManage, versionFor } from "../management-world.ts";
import { asking, eachOf, fieldOf } from "./ask.ts";
import type { Collection } from "./collection.ts";

const group = `/subscriptions/${fuzzTenants.kept.subscriptionId}/resourceGroups/model`;
const providers = `${group}/providers`;
const names = ["one", "two", "three"];

/** One collection of each service that keeps something, in a resource group of their own. */
export const collections: Readonly<Record<string, (target: FuzzTarget) => Promise<Collection>>> = {
  "the identities of Resource Manager": identities,
  "the applications of Graph": applications,
  "the secrets of Key Vault": secrets,
  "the blobs of a container": blobs,
};

async function identities(target: FuzzTarget): Promise<Collection> {
  const manage = await signedInManage(target, "kept");
  await manage("PUT", group, { location: "westeurope" });
  const authorization = await target.authorization("kept", "https://management.azure.com");
  const ask = asking(target.send, target.endpoints.resourceManager, {
    authorization,
    "content-type": "application/json",
  });
  const type = `${providers}/Microsoft.ManagedIdentity/userAssignedIdentities`;
  const version = `?api-version=${versionFor("GET", type)}`;
  const at = (name: string) => `${type}/${name}${version}`;
  return {
    names,
    put: async (name, value) =>
      void (await ask("PUT", at(name), { location: "westeurope", tags: { value } })),
    read: async (name) => fieldOf(await ask("GET", at(name)), "tags", "value"),
    remove: async (name) => void (await ask("DELETE", at(name))),
    list: async () => eachOf(await ask("GET", `${type}${version}`), "name"),
  };
}

async function applications(target: FuzzTarget): Promise<Collection> {
  const authorization = await target.authorization("kept", "https://graph.microsoft.com");
  const ask = asking(target.send, target.endpoints.graph, {
    authorization,
    "content-type": "application/json",
    prefer: "create-if-missing",
  });
  return {
    names,
    put: async (name, value) =>
      void (await ask("PATCH", applicationNamed(name), { displayName: value })),
    read: async (name) => fieldOf(await ask("GET", applicationNamed(name)), "displayName"),
    remove: async (name) => {
      const id = fieldOf(await ask("GET", applicationNamed(name)), "id");
      await ask("DELETE", applicationNamed(name));
      // Its name is free when it is gone for good.
      await ask("DELETE", `/v1.0/directory/deletedItems/${id}`);
    },
    list: async () => {
      const all = eachOf(await ask("GET", "/v1.0/applications"), "uniqueName");
      return all.filter((name) => names.includes(name));
    },
  };
}

async function secrets(target: FuzzTarget): Promise<Collection> {
  const manage = await signedInManage(target, "kept");
  await manage("PUT", group, { location: "westeurope" });
  const vault = resourceBodies("kept", group)["Microsoft.KeyVault/vaults"];
  const made = await manage("PUT", `${providers}/Microsoft.KeyVault/vaults/fuzz-model`, vault);
  const { origin } = new URL(fieldOf(made, "properties", "vaultUri") ?? "");
  const authorization = await target.authorization("kept", "https://vault.azure.net");
  const ask = asking(target.send, origin, { authorization, "content-type": "application/json" });
  return {
    names,
    put: async (name, value) => void (await ask("PUT", secretNamed(name), { value })),
    read: async (name) => fieldOf(await ask("GET", secretNamed(name)), "value"),
    remove: async (name) => {
      await ask("DELETE", secretNamed(name));
      await ask("DELETE", secretNamed(name).replace("/secrets/", "/deletedsecrets/"));
    },
    list: async () => {
      const ids = eachOf(await ask("GET", "/secrets?api-version=7.6"), "id");
      return ids.map((id) => id.slice(id.lastIndexOf("/") + 1));
    },
    // Each write makes a version, which the id names.
    etag: async (name) => fieldOf(await ask("GET", secretNamed(name)), "id") ?? "",
  };
}

async function blobs(target: FuzzTarget): Promise<Collection> {
  const manage = await signedInManage(target, "kept");
  await manage("PUT", group, { location: "westeurope" });
  const account = `${providers}/Microsoft.Storage/storageAccounts/fuzzmodel`;
  await manage("PUT", account, resourceBodies("kept", group)["Microsoft.Storage/storageAccounts"]);
  await manage("PUT", `${account}/blobServices/default/containers/model`, {});
  const authorization = await target.authorization("kept", "https://storage.azure.com");
  const always = { authorization, "x-ms-version": "2026-10-06", "x-ms-blob-type": "BlockBlob" };
  const ask = asking(target.send, target.endpoints.storage, always);
  return {
    names,
    put: async (name, value) => void (await ask("PUT", blobNamed(name), value)),
    read: async (name) => {
      const { status, body } = await ask("GET", blobNamed(name));
      return status === 404 ? undefined : body;
    },
    remove: async (name) => void (await ask("DELETE", blobNamed(name))),
    list: async () => {
      const { body } = await ask("GET", "/fuzzmodel/model?restype=container&comp=list");
      return [...body.matchAll(/<Name>([^<]*)<\/Name>/g)].map(([, name = ""]) => name);
    },
    etag: async (name) => (await ask("HEAD", blobNamed(name))).headers.get("etag") ?? "",
  };
}

function applicationNamed(name: string): string {
  return `/v1.0/applications(uniqueName='${name}')`;
}

function secretNamed(name: string): string {
  return `/secrets/${name}?api-version=7.6`;
}

function blobNamed(name: string): string {
  return `/fuzzmodel/model/${name}`;
}

import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Azure } from "../../../src/service/azure.ts";
import { findOperation } from "../../../src/storage/access/blob-operation.ts";
import { authenticateBlobRequest } from "../../../src/storage/access/storage-authentication.ts";
import { authorizeBlobRequest } from "../../../src/storage/access/storage-authorization.ts";
import { scopeOf } from "../../../src/storage/azurite/container-registry.ts";
import { readBlobRequest } from "../../../src/storage/engine/blob-request.ts";
import { StorageError } from "../../../src/storage/engine/errors.ts";
import { storageRoutes } from "../../../src/storage/routes.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import type { Resource } from "../../../src/world/resource-records.ts";
import { createBareTenants } from "../../tenants/bare-tenants.ts";

// Documents: "Authorize with Microsoft Entra ID" of the Blob service REST reference, "Permissions for Blob service operations",
// and the roles of "Azure built-in roles for Storage". What this cannot prove: that Azure decides so.

/** Who asks, by the letter that stands for it below. */
const holders = {
  r: ["Storage Blob Data Reader", "container"],
  c: ["Storage Blob Data Contributor", "container"],
  o: ["Storage Blob Data Owner", "container"],
  R: ["Storage Blob Data Reader", "account"],
  C: ["Storage Blob Data Contributor", "account"],
  O: ["Storage Blob Data Owner", "account"],
  G: ["Storage Blob Data Contributor", "resource group"],
  S: ["Storage Blob Data Contributor", "subscription"],
  D: ["Storage Blob Delegator", "account"],
  A: ["Storage Account Contributor", "account"],
  V: ["Reader", "subscription"],
  M: ["Owner", "subscription"],
  // These get nowhere, at no operation.
  n: [undefined, "account"],
  x: ["Storage Blob Data Owner", "another container"],
  q: ["Storage Queue Data Contributor", "account"],
} as const;

/** Operation, request, who may. The control plane's roles have actions alone: no blob's content is theirs. */
const matrix = `
List Containers                 | GET    ?comp=list                                                      | RCOGSAVM
Get Blob Service Properties     | GET    ?restype=service&comp=properties                                | AVM
Set Blob Service Properties     | PUT    ?restype=service&comp=properties                                | AM
Get Account Information         | GET    ?restype=account&comp=properties                                | AM
Get Account Information         | GET    /inv?restype=account&comp=properties                            | AM
Get Account Information         | GET    /inv/b?restype=account&comp=properties                          | AM
Get Account Information         | HEAD   ?restype=account&comp=properties                                | AM
Get Account Information         | HEAD   /inv?restype=account&comp=properties                            | AM
Get Account Information         | HEAD   /inv/b?restype=account&comp=properties                          | AM
Get User Delegation Key         | POST   ?restype=service&comp=userdelegationkey                         | RCOGSDAM
Find Blobs by Tags              | GET    ?comp=blobs&where=a                                             | O
Blob Batch                      | POST   ?comp=batch                                                     | COGSAM
Blob Batch                      | POST   ?restype=container&comp=batch                                   | COGSAM
Blob Batch                      | POST   /inv?restype=container&comp=batch                               | coCOGSAM
Create Container                | PUT    /inv?restype=container                                          | coCOGSAM
Get Container Properties        | GET    /inv?restype=container                                          | rcoRCOGSAVM
Get Container Properties        | HEAD   /inv?restype=container                                          | rcoRCOGSAVM
Get Container Metadata          | GET    /inv?restype=container&comp=metadata                            | rcoRCOGSAVM
Get Container Metadata          | HEAD   /inv?restype=container&comp=metadata                            | rcoRCOGSAVM
Set Container Metadata          | PUT    /inv?restype=container&comp=metadata                            | coCOGSAM
Get Container ACL               | GET    /inv?restype=container&comp=acl                                 | oOAM
Get Container ACL               | HEAD   /inv?restype=container&comp=acl                                 | oOAM
Set Container ACL               | PUT    /inv?restype=container&comp=acl                                 | oOAM
Lease Container                 | PUT    /inv?restype=container&comp=lease                               | coCOGSAM
Delete Container                | DELETE /inv?restype=container                                          | coCOGSAM
List Blobs                      | GET    /inv?restype=container&comp=list                                | rcoRCOGS
List Blobs, tags                | GET    /inv?restype=container&comp=list&include=tags                   | oO
Find Blobs by Tags in Container | GET    /inv?restype=container&comp=blobs&where=a                       | oO
Get Blob                        | GET    /inv/b                                                          | rcoRCOGS
Get Blob, a snapshot            | GET    /inv/b?snapshot=s                                               | rcoRCOGS
Get Blob Properties             | HEAD   /inv/b                                                          | rcoRCOGS
Get Blob Metadata               | GET    /inv/b?comp=metadata                                            | rcoRCOGS
Get Blob Metadata               | HEAD   /inv/b?comp=metadata                                            | rcoRCOGS
Get Block List                  | GET    /inv/b?comp=blocklist                                           | rcoRCOGS
Get Page Ranges                 | GET    /inv/b?comp=pagelist                                            | rcoRCOGS
Get Blob Tags                   | GET    /inv/b?comp=tags                                                | oO
Set Blob Tags                   | PUT    /inv/b?comp=tags                                                | oO
Put Blob                        | PUT    /inv/b                                         x-ms-blob-type   | coCOGS
Put Blob, tags                  | PUT    /inv/b                                         x-ms-tags        | oO
Put Blob From URL               | PUT    /inv/b                                         x-ms-copy-source | coCOGS
Put Block                       | PUT    /inv/b?comp=block&blockid=a                                     | coCOGS
Put Block From URL              | PUT    /inv/b?comp=block&blockid=a                    x-ms-copy-source | coCOGS
Put Block List                  | PUT    /inv/b?comp=blocklist                                           | coCOGS
Put Page                        | PUT    /inv/b?comp=page                                                | coCOGS
Put Page From URL               | PUT    /inv/b?comp=page                               x-ms-copy-source | coCOGS
Append Block                    | PUT    /inv/b?comp=appendblock                                         | coCOGS
Append Block From URL           | PUT    /inv/b?comp=appendblock                        x-ms-copy-source | coCOGS
Set Blob Properties             | PUT    /inv/b?comp=properties                                          | coCOGS
Set Blob Metadata               | PUT    /inv/b?comp=metadata                                            | coCOGS
Set Blob Tier                   | PUT    /inv/b?comp=tier                                                | coCOGS
Lease Blob                      | PUT    /inv/b?comp=lease                                               | coCOGS
Snapshot Blob                   | PUT    /inv/b?comp=snapshot                                            | coCOGS
Abort Copy Blob                 | PUT    /inv/b?comp=copy&copyid=a                                       | coCOGS
Delete Blob                     | DELETE /inv/b                                                          | coCOGS`;

const rows = matrix
  .trim()
  .split("\n")
  .map((line) => {
    const [operation = "", request = "", may = ""] = line.split("|").map((cell) => cell.trim());
    const [method = "", path = "", header] = request.split(/ +/);
    return { operation, method, path, header, may };
  });

let azure: Azure;
let account: Resource;
const tokens = new Map<string, string>();

beforeAll(async () => {
  const tenants = await createBareTenants();
  ({ azure } = tenants);
  addQueueRole(azure);
  const { tenantId, subscriptionId } = tenants.home;
  const subscription = `/subscriptions/${subscriptionId}`;
  const group = `${subscription}/resourceGroups/data`;
  const id = `${group}/providers/Microsoft.Storage/storageAccounts/acct`;
  const type = "Microsoft.Storage/storageAccounts";
  account = { id, name: "acct", type, tenantId, subscriptionId, properties: {} };
  const container = `${id}/blobServices/default/containers/inv`;
  const scopes = {
    container,
    "another container": `${container}d`,
    account: id,
    "resource group": group,
    subscription,
  };
  const signIn = async (letter: string, principal: ServicePrincipal) =>
    tokens.set(letter, await tenants.bearer(principal, "storage"));
  for (const [letter, [role, scope]] of Object.entries(holders)) {
    const principal = tenants.principal(tenants.home);
    if (role !== undefined) tenants.grant(principal, role, scopes[scope]);
    await signIn(letter, principal);
  }
  const stranger = tenants.principal(tenants.other);
  tenants.grant(stranger, "Storage Blob Data Owner", id);
  await signIn("other tenant", stranger);
});

describe("Permissions for Blob service operations", () => {
  it.each(rows)("refuses $operation ($method $path) to all but $may", async (row) => {
    const answers = await Promise.all(
      Object.keys(holders).map(async (letter) => [letter, await ask(row, letter)]),
    );
    const expected = Object.keys(holders).map((letter) => [
      letter,
      row.may.includes(letter) ? "allowed" : "403 AuthorizationPermissionMismatch",
    ]);
    expect(answers).toEqual(expected);
  });

  it.each(rows)("refuses $operation ($method $path) to an owner in another tenant", async (row) => {
    expect(await ask(row, "other tenant")).toBe("401 InvalidAuthenticationInfo");
  });
});

it("has every operation of Blob storage that is answered", () => {
  const known = rows.map(({ method, path }) => {
    const url = new URL(
      `http://host/{account}${path.replace("/inv", "/{container}").replace("/b", "/{blob}")}`,
    );
    for (const name of ["where", "blockid", "copyid", "snapshot", "include"])
      url.searchParams.delete(name);
    return `${method} ${decodeURI(url.pathname)}${url.search}`;
  });
  const answered = storageRoutes.filter(({ supported }) => supported !== "no");
  const left = answered.map(({ method, path }) => `${method} ${path}`);
  expect(left.filter((operation) => !known.includes(operation))).toEqual([]);
});

/** What the service decides before it carries a request out. */
async function ask({ method, path, header }: (typeof rows)[number], letter: string) {
  const headers = new Headers({
    "x-ms-version": "2026-04-06",
    authorization: tokens.get(letter) ?? "",
  });
  if (header !== undefined) headers.set(header, "BlockBlob");
  const raw = { method, url: `https://localhost:9004/acct${path}`, headers };
  const request = readBlobRequest(raw, "127.0.0.1");
  const operation = findOperation(request);
  if (operation === undefined) return "501";
  try {
    const access = await authenticateBlobRequest(azure, "", account, request);
    authorizeBlobRequest(azure, access, operation, scopeOf(account, request));
    return "allowed";
  } catch (error) {
    if (error instanceof StorageError) return `${error.status} ${error.code}`;
    throw error;
  }
}

/** A role for the service next door, as documented; nothing else here knows it. */
function addQueueRole({ state }: Azure): void {
  const queues = "Microsoft.Storage/storageAccounts/queueServices/queues";
  state.roleDefinitions.set(randomUUID(), {
    id: "",
    roleName: "Storage Queue Data Contributor",
    actions: ["delete", "read", "write"].map((verb) => `${queues}/${verb}`),
    notActions: [],
    dataActions: ["delete", "read", "write", "process/action"].map(
      (verb) => `${queues}/messages/${verb}`,
    ),
    notDataActions: [],
  });
}

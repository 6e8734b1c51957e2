import { randomUUID } from "node:crypto";
import { type LocalAzure, startLocalAzure } from "../../src/local-azure/local-azure.ts";
import { builtInRoles } from "../../src/world/access/built-in-roles.ts";
import { fuzzSeed } from "./fuzz-seed.ts";

/** What a deployer has to be, at its subscription, so that no role stands before what is fuzzed. */
const roles = ["Owner", "Storage Blob Data Owner", "Key Vault Secrets Officer"];

/** A local Azure for the process that started this one: prints its connection as one line, ends with the other's pipe. */
const azure = await startLocalAzure(fuzzSeed);
grantRoles(azure);
const { site, virtualMachine } = await azure.plantHost();
process.stdin.resume().once("close", () => void azure.close());
const { connection, endpoints } = azure;
process.stdout.write(`${JSON.stringify({ connection, endpoints, site, virtualMachine })}\n`);

function grantRoles({ state }: LocalAzure): void {
  for (const { tenantId, subscriptionId, deployer } of fuzzSeed.tenants)
    for (const name of roles) {
      const role = builtInRoles.find(({ roleName }) => roleName === name);
      if (role === undefined) throw new Error(`no built-in role "${name}"`);
      const scope = `/subscriptions/${subscriptionId}`;
      const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
      state.roleAssignments.set(id.toLowerCase(), {
        id,
        tenantId,
        scope,
        principalId: deployer.objectId,
        principalType: "ServicePrincipal",
        roleDefinitionGuid: role.id.slice(-36),
      });
    }
}

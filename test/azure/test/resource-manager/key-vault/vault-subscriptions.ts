import { randomUUID } from "node:crypto";
import { createAppService } from "../../../src/app-service/app-service.ts";
import {
  issueApplicationToken,
  issueManagedIdentityToken,
} from "../../../src/entra/issue-token.ts";
import { createKeyVault, type KeyVault } from "../../../src/key-vault/key-vault.ts";
import type { Azure } from "../../../src/service/azure.ts";
import type { ServicePrincipal, Tenant } from "../../../src/world/directory-records.ts";
import { type BareTenants, createBareTenants } from "../../tenants/bare-tenants.ts";
import { type Answer, createManagement, type Management } from "../management-client.ts";

/** The subscriptions of two tenants, for tests of key vaults: their owners, and names for vaults and groups that are new. */
export class VaultSubscriptions {
  readonly tenants: BareTenants;
  readonly keyVault: KeyVault;
  /** Milliseconds since the epoch; tests move it. */
  readonly clock: { milliseconds: number };
  readonly owner: Management;
  readonly otherOwner: Management;
  readonly group: string;
  /** Name of the vault {@link vault}, which does not exist yet. */
  readonly name = `kv-${randomUUID().slice(0, 8)}`;

  private constructor(tenants: BareTenants, keyVault: KeyVault, clock: { milliseconds: number }) {
    this.tenants = tenants;
    this.keyVault = keyVault;
    this.clock = clock;
    const as = createManagement(
      tenants,
      createAppService(tenants.azure, issueManagedIdentityToken),
      keyVault,
    );
    const signIn = (tenant: Tenant): Management => {
      const principal = tenants.principal(tenant);
      tenants.grant(principal, "Owner", `/subscriptions/${tenant.subscriptionId}`);
      return as(principal);
    };
    this.owner = signIn(tenants.home);
    this.otherOwner = signIn(tenants.other);
    this.group = `/subscriptions/${tenants.home.subscriptionId}/resourceGroups/${randomUUID()}`;
  }

  static async start(settings: Pick<Azure, "vaultAddresses"> = {}): Promise<VaultSubscriptions> {
    const bare = await createBareTenants();
    const clock = { milliseconds: Date.UTC(2026, 0, 15, 12) };
    const azure = { ...bare.azure, ...settings, clock: { now: () => clock.milliseconds } };
    const target = { name: "resource-manager", audience: "https://management.azure.com/" } as const;
    const bearer = async (principal: ServicePrincipal) =>
      `Bearer ${(await issueApplicationToken(azure, principal, target)).token}`;
    return new VaultSubscriptions({ ...bare, azure, bearer }, createKeyVault(azure), clock);
  }

  /** The same tenants with another group, which exists, and another name, so that no test sees what one before it has left. */
  async renew(): Promise<VaultSubscriptions> {
    const renewed = new VaultSubscriptions(this.tenants, this.keyVault, this.clock);
    await renewed.owner("PUT", renewed.group, { location: "westeurope" });
    return renewed;
  }

  get vault(): string {
    return `${this.group}/providers/Microsoft.KeyVault/vaults/${this.name}`;
  }

  /** A body that creates a vault, with the properties given instead of its own. */
  body(properties: object = {}) {
    const sku = { family: "A", name: "standard" };
    const { tenantId } = this.tenants.home;
    return {
      location: "westeurope",
      properties: { tenantId, sku, enableRbacAuthorization: true, ...properties },
    };
  }

  /** Creates {@link vault} and returns its address. */
  async create(properties: object = {}): Promise<string> {
    await this.owner("PUT", this.vault, this.body(properties));
    // The PUT's own answer lacks the slash at the end.
    const answer = await this.owner("GET", this.vault);
    return String((Object(answer.body["properties"]) as Record<string, unknown>)["vaultUri"]);
  }

  /** Creates a vault in the other tenant's subscription. */
  async createInOtherTenant(name: string): Promise<Answer> {
    const { tenantId, subscriptionId } = this.tenants.other;
    const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
    await this.otherOwner("PUT", group, { location: "westeurope" });
    const id = `${group}/providers/Microsoft.KeyVault/vaults/${name}`;
    return this.otherOwner("PUT", id, this.body({ tenantId }));
  }

  checkName(name: string): Promise<Answer> {
    const provider = `/subscriptions/${this.tenants.home.subscriptionId}/providers/Microsoft.KeyVault`;
    const given = { name, type: "Microsoft.KeyVault/vaults" };
    return this.owner("POST", `${provider}/checkNameAvailability`, given);
  }
}

/** What Azure says of a name that is taken. */
export function takenName(name: string): string {
  return `The vault name '${name}' is already in use. Vault names are globaly unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740`;
}

import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { type Case, type CaseGroup, requireRefused, requireText } from "../case.ts";
import type { PlantedTenants } from "./planted-tenants.ts";
import type { OpenWorkspace } from "./workspace.ts";

/** Who signs in, and for which subscription: all differ from the owner at home in one fact. */
export async function signInCases(
  { state }: LocalAzure,
  { home, resource, clients, identity, machine }: PlantedTenants,
  open: OpenWorkspace,
): Promise<CaseGroup> {
  const workspace = await open("sign-in");
  const variables = (changes: object = {}) => {
    const { location: _, ...owner } = home;
    const all = { ...owner, resource_group_name: "host", ...changes };
    return Object.entries(all).map(([name, value]) => `-var=${name}=${value}`);
  };
  const refused = (name: string, changes: object, ...reasons: string[]): Case => ({
    name,
    run: async () => requireRefused(await workspace.run("plan", ...variables(changes)), ...reasons),
  });
  const { tenant_id: homeTenant } = home;
  const [{ clientId: stranger }, { clientId: absent }, { clientId: nobody, objectId }] = [
    clients.wrongSubject,
    clients.notAdmitted,
    clients.withoutRole,
  ];
  const group = `/subscriptions/${home.subscription_id}/resourceGroups/host`;
  return {
    cases: [
      refused(
        "refuses a client that trusts another subject",
        { client_id: stranger },
        "received HTTP status 401",
        "AADSTS700213: No matching federated identity record found for presented assertion subject",
      ),
      refused(
        "refuses the home tenant's client in the resource tenant",
        { tenant_id: resource.tenant_id, subscription_id: resource.subscription_id },
        `AADSTS700016: Application with identifier '${home.client_id}' was not found in the directory '${resource.tenant_id}'`,
      ),
      refused(
        "refuses a client without service principal",
        { client_id: absent },
        `AADSTS7000229: The client application ${absent} is missing service principal in the tenant ${homeTenant}`,
      ),
      refused(
        "refuses the subscription of another tenant",
        { subscription_id: resource.subscription_id },
        "401",
        "InvalidAuthenticationTokenTenant: The access token is from the wrong issuer",
      ),
      refused(
        "refuses a client without role",
        { client_id: nobody },
        "403",
        `AuthorizationFailed: The client '${nobody}' with object id '${objectId}' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourceGroups/read' over scope '${group}'`,
      ),
      {
        name: "signs in by OIDC",
        run: async () => {
          await workspace.apply(...variables());
          const { principal_id } = await workspace.outputs();
          const owner = [...state.servicePrincipals.values()].find(
            ({ appId }) => appId === home.client_id,
          );
          requireText(String(principal_id), owner?.objectId ?? "no owner");
        },
      },
      managedIdentityCase(open, home, identity, machine),
    ],
    close: () => workspace.close(),
  };
}

/** On a virtual machine, whose endpoint `msi_endpoint` names in full. */
function managedIdentityCase(
  open: OpenWorkspace,
  home: PlantedTenants["home"],
  identity: PlantedTenants["identity"],
  machine: PlantedTenants["machine"],
): Case {
  return {
    name: "signs in by managed identity",
    run: async () => {
      const authority = machine["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "";
      const onMachine = {
        ARM_USE_OIDC: "false",
        ARM_USE_MSI: "true",
        ARM_MSI_ENDPOINT: `${authority}/metadata/identity/oauth2/token`,
      };
      const { location: _, ...owner } = home;
      const variables = {
        ...owner,
        client_id: identity.clientId,
        resource_group_name: "host",
      };
      const workspace = await open("sign-in", variables, onMachine);
      await workspace.apply();
      const { principal_id } = await workspace.outputs();
      await workspace.close();
      requireText(String(principal_id), identity.principalId);
    },
  };
}

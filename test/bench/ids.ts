/** The application and the identity of every measurement; any GUIDs do. */
export const applicationClientId = "aaaaaaaa-0000-4000-8000-00000000000a";
export const managedIdentityClientId = "cccccccc-0000-4000-8000-00000000000c";

export const identityScope = "api://AzureADTokenExchange/.default";
export const storageScope = "https://storage.azure.com/.default";

/** The id of the resource tenant number `index`. */
export function tenantIdOf(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
}

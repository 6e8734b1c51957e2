/**
 * API versions of Resource Manager itself (subscriptions, resource groups, providers), newest first, as its own refusal lists
 * them (Azure/bicep issue 17091), and those published since.
 */
export const coreApiVersions = versions(`
  2025-04-01 2025-03-01 2024-10-01-preview 2024-11-01 2024-08-01 2024-07-01 2024-06-01-preview 2024-03-01 2023-07-01
  2023-07-01-preview 2023-03-01-preview 2022-12-01 2022-11-01-preview 2022-09-01 2022-06-01 2022-05-01 2022-03-01-preview
  2022-01-01 2021-04-01 2021-01-01 2020-10-01 2020-09-01 2020-08-01 2020-07-01 2020-06-01 2020-05-01 2020-01-01 2019-11-01
  2019-10-01 2019-09-01 2019-08-01 2019-07-01 2019-06-01 2019-05-10 2019-05-01 2019-03-01 2018-11-01 2018-09-01 2018-08-01
  2018-07-01 2018-06-01 2018-05-01 2018-02-01 2018-01-01 2017-12-01 2017-08-01 2017-06-01 2017-05-10 2017-05-01 2017-03-01
  2016-09-01 2016-07-01 2016-06-01 2016-02-01 2015-11-01 2015-01-01 2014-04-01-preview 2014-04-01 2014-01-01 2013-03-01`);

const web = versions(`
  2026-07-15 2026-03-15 2026-03-01-preview 2025-05-01 2025-03-01 2024-11-01 2024-04-01 2023-12-01 2023-01-01 2022-09-01
  2022-03-01 2021-03-01 2021-02-01 2021-01-15 2021-01-01 2020-12-01 2020-10-01 2020-09-01 2020-06-01 2019-08-01 2018-11-01
  2018-02-01 2016-09-01 2016-08-01 2016-03-01 2015-08-01`);

const storage = versions(`
  2026-09-01 2026-04-01 2025-08-01 2025-06-01 2025-01-01 2024-01-01 2023-05-01 2023-04-01 2023-01-01 2022-09-01 2022-05-01
  2021-09-01 2021-08-01 2021-06-01 2021-05-01 2021-04-01 2021-02-01 2021-01-01 2020-08-01-preview 2019-06-01 2019-04-01
  2018-11-01 2018-07-01 2018-03-01-preview 2018-02-01 2017-10-01 2017-06-01 2016-12-01 2016-07-01 2016-05-01 2016-01-01
  2015-06-15 2015-05-01-preview`);

/** Without those that the account alone has (observed: Azure/ResourceModules issue 454). */
const blobServices = storage.filter(
  (version) => version === "2016-12-01" || version === "2016-05-01" || version >= "2017-10-01",
);

const managedIdentity = versions(`
  2025-05-31-preview 2025-01-31-preview 2024-11-30 2023-07-31-preview 2023-01-31 2022-01-31-preview 2021-09-30-preview
  2018-11-30 2015-08-31-preview`);

const keyVault = versions(`
  2026-03-01-preview 2026-02-01 2025-05-01 2024-12-01-preview 2024-11-01 2024-04-01-preview 2023-08-01-preview 2023-07-01
  2023-02-01 2022-11-01 2022-07-01 2022-02-01-preview 2021-11-01-preview 2021-10-01 2021-06-01-preview 2021-04-01-preview
  2020-04-01-preview 2019-09-01 2018-02-14 2018-02-14-preview 2016-10-01 2015-06-01`);

const virtualMachines = versions(`
  2026-03-01 2025-11-01 2025-04-01 2024-11-01 2024-07-01 2024-03-01 2023-09-01 2023-07-01 2023-03-01 2022-11-01 2022-08-01
  2022-03-01 2021-11-01 2021-07-01 2021-04-01 2021-03-01 2020-12-01 2020-06-01 2019-12-01 2019-07-01 2019-03-01 2018-10-01
  2018-06-01 2018-04-01 2017-12-01 2017-03-30 2016-08-30 2016-04-30-preview 2016-03-30 2015-06-15`);

const roleAssignments = versions(`
  2022-04-01 2022-01-01-preview 2021-04-01-preview 2020-10-01-preview 2020-08-01-preview 2020-04-01-preview 2020-03-01-preview
  2019-04-01-preview 2018-12-01-preview 2018-09-01-preview 2018-07-01 2018-01-01-preview 2017-10-01-preview 2017-09-01
  2017-05-01 2016-07-01 2015-07-01 2015-06-01 2015-05-01-preview 2014-10-01-preview 2014-07-01-preview 2014-04-01-preview`);

const roleDefinitions = versions(`
  2022-05-01-preview 2022-04-01 2018-07-01 2018-01-01-preview 2017-09-01 2017-05-01 2016-07-01 2015-07-01 2015-06-01
  2015-05-01-preview 2014-10-01-preview 2014-07-01-preview 2014-04-01-preview`);

const denyAssignments = versions("2022-04-01 2019-03-01-preview 2018-07-01-preview");

/**
 * API versions of the emulated types, newest first, by namespace and type; a nested type that is not listed has its parent's.
 * From refusals that were observed (Azure/azure-sdk-for-java pull 28334, Azure/azure-cli issue 7075, Azure/azure-powershell
 * issue 14395) and from the REST specifications' folders, as the provider azure-native lists them type by type.
 */
export const apiVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "Microsoft.Authorization": {
    roleAssignments,
    roleDefinitions,
    permissions: versions("2022-04-01 2018-07-01 2015-07-01"),
    denyAssignments,
    locks: versions("2020-05-01 2017-04-01 2016-09-01 2015-01-01"),
  },
  "Microsoft.Compute": { virtualMachines },
  "Microsoft.KeyVault": { vaults: keyVault },
  "Microsoft.ManagedIdentity": {
    userAssignedIdentities: managedIdentity,
    identities: managedIdentity,
  },
  "Microsoft.Resources": { resourceGroups: coreApiVersions, tags: coreApiVersions },
  "Microsoft.Storage": {
    storageAccounts: storage,
    "storageAccounts/blobServices": blobServices,
  },
  "Microsoft.Web": { serverfarms: web, sites: web },
};

function versions(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

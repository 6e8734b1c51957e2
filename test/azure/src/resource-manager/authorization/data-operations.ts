/** Names of data operations by the resource type that they belong to. */
const byResourceType: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.Storage/storageAccounts/blobServices/containers/blobs": [
    ..."read write delete deleteBlobVersion/action permanentDelete/action add/action".split(" "),
    ..."filter/action move/action manageOwnership/action modifyPermissions/action".split(" "),
    ..."runAsSuperUser/action immutableStorage/runAsSuperUser/action tags/read tags/write".split(
      " ",
    ),
  ],
  "Microsoft.Storage/storageAccounts/fileServices": [
    ..."readFileBackupSemantics/action writeFileBackupSemantics/action".split(" "),
    ..."takeOwnership/action runAsBuiltInFileAdministrator/action".split(" "),
  ],
  "Microsoft.Storage/storageAccounts/fileServices/fileshares/files": [
    ..."read write delete modifypermissions/action".split(" "),
    ..."actassuperuser/action bypasspermissions/action".split(" "),
  ],
  "Microsoft.Storage/storageAccounts/queueServices/queues/messages":
    "read write delete add/action process/action".split(" "),
  "Microsoft.Storage/storageAccounts/tableServices/tables/entities":
    "read write delete add/action update/action".split(" "),
  "Microsoft.KeyVault/vaults": ["certificatecontacts/write"],
  "Microsoft.KeyVault/vaults/certificatecas": "delete read write".split(" "),
  "Microsoft.KeyVault/vaults/certificates": [
    ..."delete read backup/action purge/action update/action create/action".split(" "),
    ..."import/action recover/action restore/action".split(" "),
  ],
  "Microsoft.KeyVault/vaults/keyrotationpolicies": "read write".split(" "),
  "Microsoft.KeyVault/vaults/keys": [
    ..."read update/action create/action import/action recover/action restore/action".split(" "),
    ..."delete backup/action purge/action encrypt/action decrypt/action wrap/action".split(" "),
    ..."unwrap/action sign/action verify/action release/action rotate/action".split(" "),
  ],
  "Microsoft.KeyVault/vaults/secrets": [
    ..."delete backup/action purge/action update/action recover/action restore/action".split(" "),
    ..."readMetadata/action getSecret/action setSecret/action".split(" "),
  ],
  "Microsoft.KeyVault/vaults/storageaccounts": [
    ..."read set/action delete backup/action purge/action regeneratekey/action".split(" "),
    ..."recover/action restore/action sas/set/action sas/delete sas/read".split(" "),
  ],
};

/**
 * Every data operation of the two providers here that have any (learn.microsoft.com/azure/role-based-access-control/permissions/storage
 * and permissions/security, "DataAction").
 */
export const dataOperations: readonly string[] = Object.entries(byResourceType).flatMap(
  ([resourceType, names]) => names.map((name) => `${resourceType}/${name}`),
);

/** Resource types all of whose operations are of data, by the same documents. */
export const dataResourceTypes: readonly string[] = [
  "Microsoft.Storage/storageAccounts/blobServices/containers/blobs",
  "Microsoft.Storage/storageAccounts/fileServices/fileshares/files",
  "Microsoft.Storage/storageAccounts/queueServices/queues/messages",
  "Microsoft.Storage/storageAccounts/tableServices/tables/entities",
];

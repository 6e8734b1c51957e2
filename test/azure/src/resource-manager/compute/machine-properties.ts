import { isJsonObject, type JsonObject, objectField, stringField } from "../../base/json.ts";

/**
 * What Azure answers for what a machine's body leaves out of its disks and its operating system (recorded: 252 answers of
 * 2020-12-01 and 2022-11-01). Windows is one whose body says so.
 */
export function machineProperties(given: JsonObject): JsonObject {
  const { storageProfile, osProfile } = given;
  return {
    ...given,
    ...(isJsonObject(storageProfile)
      ? { storageProfile: completeStorage(storageProfile, given) }
      : {}),
    ...(isJsonObject(osProfile) ? { osProfile: completeSystem(osProfile) } : {}),
  };
}

function completeStorage(storageProfile: JsonObject, given: JsonObject): JsonObject {
  const windows = objectField(given, "osProfile")["windowsConfiguration"] !== undefined;
  const image = objectField(storageProfile, "imageReference");
  const disk = objectField(storageProfile, "osDisk");
  const version = stringField(image, "version");
  const exactVersion = version === "latest" ? "1.0.0" : version;
  return {
    ...storageProfile,
    ...(version === undefined ? {} : { imageReference: { exactVersion, ...image } }),
    osDisk: {
      osType: windows ? "Windows" : "Linux",
      createOption: "FromImage",
      caching: "ReadWrite",
      diskSizeGB: windows ? 127 : 30,
      ...disk,
      managedDisk: { storageAccountType: "Standard_LRS", ...objectField(disk, "managedDisk") },
    },
    dataDisks: storageProfile["dataDisks"] ?? [],
  };
}

function completeSystem(osProfile: JsonObject): JsonObject {
  const allowed = osProfile["allowExtensionOperations"];
  const system = {
    secrets: [],
    requireGuestProvisionSignal: true,
    ...osProfile,
    // A text is read as what it says (recorded: "false").
    allowExtensionOperations: allowed === undefined ? true : allowed === true || allowed === "true",
  };
  if (osProfile["windowsConfiguration"] !== undefined) return system;
  const linux = objectField(osProfile, "linuxConfiguration");
  const patchSettings = {
    patchMode: "ImageDefault",
    assessmentMode: "ImageDefault",
    ...objectField(linux, "patchSettings"),
  };
  const defaults = {
    disablePasswordAuthentication: false,
    provisionVMAgent: true,
    enableVMAgentPlatformUpdates: false,
  };
  return { ...system, linuxConfiguration: { ...defaults, ...linux, patchSettings } };
}

/** The providers that are stood in for, by the exact versions whose rules they follow; `program` is beside this file. */
export const standIns = {
  azureNative: { packageName: "azure-native", version: "3.28.0", program: "azure-native/main.ts" },
  azuread: { packageName: "azuread", version: "6.9.1", program: "azuread/main.ts" },
} as const;

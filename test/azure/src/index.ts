// How to start a local Azure, from anywhere. What a test looks for inside one is in testing.ts.
export type { Connection } from "./local-azure/connection.ts";
export {
  type LocalAzure,
  type LocalAzureOptions,
  startLocalAzure,
} from "./local-azure/local-azure.ts";
export { defaultSeed } from "./local-azure/seed/default-seed.ts";
export { readRoles } from "./local-azure/seed/roles.ts";
export { readSeed, type Seed } from "./local-azure/seed/seed.ts";
export { trustAuthority } from "./local-azure/trust-authority.ts";

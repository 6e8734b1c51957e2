// What a test looks for in a running local Azure, breaks in it, or puts beside it.
export { createCertificate, writeCaFile } from "./http/certificate.ts";
export type { FaultEffect, FaultMatch, FaultService } from "./http/faults/fault.ts";
export type { Faults } from "./http/faults/faults.ts";
export { startHttpsService } from "./http/https-service.ts";
export { roleAssignmentCondition } from "./world/access/role-assignment-condition.ts";
export { findApplication, findServicePrincipal } from "./world/directory/lookup.ts";
export type {
  Application,
  FederatedIdentityCredential,
  ServicePrincipal,
} from "./world/directory-records.ts";
export type { Resource } from "./world/resource-records.ts";
export type { RoleAssignment } from "./world/role-records.ts";
export type { TokenLifetimes } from "./world/world.ts";

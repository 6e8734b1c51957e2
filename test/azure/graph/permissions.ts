import type { Caller } from "../bearer.ts";
import type { Application, ServicePrincipal } from "../state.ts";
import { requestDenied } from "./graph-error.ts";

const WRITE_ALL = "Application.ReadWrite.All";
const OWNED_BY = "Application.ReadWrite.OwnedBy";
const READ_ALL = ["Application.Read.All", "Directory.Read.All"];

/** Whether the caller's token carries a Graph application permission. */
export function holds(caller: Caller, permission: string): boolean {
  const { roles } = caller.claims;
  return Array.isArray(roles) && roles.includes(permission);
}

/**
 * Reading applications and service principals. OwnedBy suffices, for all of the tenant's
 * (graph/permissions-reference, remarks on Application.ReadWrite.OwnedBy).
 */
export function requireRead(caller: Caller): void {
  if ([...READ_ALL, WRITE_ALL, OWNED_BY].some((permission) => holds(caller, permission))) return;
  throw requestDenied();
}

/** Creating an application (graph/api/application-post-applications). */
export function requireCreate(caller: Caller): void {
  if (holds(caller, WRITE_ALL) || holds(caller, OWNED_BY)) return;
  throw requestDenied();
}

/** Whether OwnedBy is all that lets the caller create: then what it creates is its own. */
export function createsAsOwner(caller: Caller): boolean {
  return holds(caller, OWNED_BY) && !holds(caller, WRITE_ALL);
}

/** Changing or deleting an application: OwnedBy reaches only those that the caller's service principal owns. */
export function requireWrite(caller: Caller, application: Application): void {
  if (holds(caller, WRITE_ALL)) return;
  if (holds(caller, OWNED_BY) && application.owners.includes(caller.objectId)) return;
  throw requestDenied();
}

/** Adding an owner takes more than OwnedBy (graph/api/application-post-owners). */
export function requireAddOwner(caller: Caller): void {
  if (holds(caller, WRITE_ALL) && holds(caller, "Directory.Read.All")) return;
  throw requestDenied();
}

/**
 * Creating a service principal: under OwnedBy only of an application of this tenant (text observed) that the caller owns
 * (microsoft-graph-docs#16138).
 */
export function requireCreatePrincipal(caller: Caller, application: Application | undefined): void {
  if (holds(caller, WRITE_ALL)) return;
  if (!holds(caller, OWNED_BY)) throw requestDenied();
  if (application?.tenantId !== caller.tenantId) {
    throw requestDenied(
      "When using this permission, the backing application of the service principal being created must in the local tenant",
    );
  }
  requireWrite(caller, application);
}

/**
 * Changing or deleting a service principal. Owners of service principals are not kept here: under OwnedBy the owner of the
 * application in the same tenant stands in, which is unverified.
 */
export function requireWritePrincipal(
  caller: Caller,
  principal: ServicePrincipal,
  application: Application | undefined,
): void {
  if (holds(caller, WRITE_ALL)) return;
  if (application === undefined || application.tenantId !== principal.tenantId)
    throw requestDenied();
  requireWrite(caller, application);
}

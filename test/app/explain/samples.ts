import type { TokenHop } from "cross-tenant-tokens";
import { AppError, type ErrorDetails } from "../../../app/app-error.ts";
import { answered, entraFailure, identityFailure } from "./token-failures.ts";

/** Every number of Entra's that this flow can meet. */
export const entraNumbers = [
  90002, 900023, 7000229, 700016, 50194, 7000112, 53003, 501051, 500011, 500014, 1002012, 70011,
  70025, 70021, 700211, 700212, 7002121, 700214, 700213, 7002138, 7002137, 7002381, 700263, 700024,
  7000272, 700027, 50027, 7000216, 900144, 700222, 700226, 700227, 700229, 700231, 700236, 700238,
  900432, 900382, 50196, 90033, 90055, 90012, 50033, 90024,
];

/** One failure or more for every row of the table, as the hops answer. */
export async function samples(): Promise<AppError[]> {
  return [...(await Promise.all(tokenFailures())), ...storageFailures()];
}

function tokenFailures(): Promise<AppError>[] {
  return [
    ...entraNumbers.map((number) => entraFailure(number)),
    ...outages("token exchange"),
    ...["ENOTFOUND", "SELF_SIGNED_CERT_IN_CHAIN", "ECONNRESET"].map((network) =>
      answered("token exchange", { network }),
    ),
    ...identityMessages.map((message) => identityFailure(400, { statusCode: 400, message })),
    ...metadataRefusals.map(([status, error, error_description]) =>
      identityFailure(status, { error, error_description }),
    ),
    answered("managed identity", { status: 401 }),
    ...[404, 410, 429].map((status) => identityFailure(status, { error: "try again" })),
    ...outages("managed identity"),
    answered("managed identity", { network: "ECONNREFUSED" }),
  ];
}

function storageFailures(): AppError[] {
  return [
    ...storageCodes.map(([upstreamStatus, azureCode]) =>
      storageFailure({ upstreamStatus, azureCode }),
    ),
    ...tokenDetails.map((authenticationDetail) =>
      storageFailure({ ...badToken, authenticationDetail }),
    ),
    storageFailure({ ...badToken, storageTenantId: "99999999-0000-4000-8000-000000000009" }),
    ...[429, 500, 503].map((upstreamStatus) => storageFailure({ upstreamStatus })),
    ...["ENOTFOUND", "CERT_HAS_EXPIRED", "ECONNREFUSED"].map((network) => unreachable({ network })),
    unreachable({}),
    foreignAnswer(),
    new AppError(504, "ERR_UPSTREAM_DEADLINE", "storage: nothing moved for 30 s", {
      hop: "storage",
    }),
  ];
}

/** What storage refuses comes out of the blob store as this. */
export function storageFailure(details: ErrorDetails): AppError {
  const message = `storage: refused with ${details.upstreamStatus}`;
  return new AppError(502, "ERR_STORAGE_REFUSED", message, { hop: "storage", ...details });
}

function outages(hop: TokenHop): Promise<AppError>[] {
  return [
    ...[429, 503, 200].map((status) => answered(hop, { status, body: "<html>" })),
    answered(hop, "nothing"),
    answered(hop, "expired token"),
  ];
}

function foreignAnswer(): AppError {
  const message = "storage: https://x answered something else than Azure Storage does";
  const details = { hop: "storage", upstreamStatus: 200, foreignAnswer: true } as const;
  return new AppError(502, "ERR_STORAGE_UNREACHABLE", message, details);
}

function unreachable(details: ErrorDetails): AppError {
  const message = "storage: no answer";
  return new AppError(502, "ERR_STORAGE_UNREACHABLE", message, { hop: "storage", ...details });
}

const identityMessages = [
  "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
  "No MSI found for specified ClientId/ResourceId.",
  "Unable to load the proper Managed Identity.",
];
const metadataRefusals = [
  [400, "invalid_request", "Identity not found"],
  [
    400,
    "invalid_request",
    "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request",
  ],
  [400, "bad_request_102", "Required metadata header not specified"],
  [400, "invalid_resource", "AADSTS50001: The application named api://x was not found."],
  [401, "unknown_source", "Unknown Source http://machine/metadata/identity/oauth2/token"],
] as const;
const badToken = { upstreamStatus: 401, azureCode: "InvalidAuthenticationInfo" };
const tokenDetails = [
  "Issuer validation failed. Issuer did not match.",
  "Audience validation failed. Audience did not match.",
  "Lifetime validation failed. The token is expired.",
  "Signature validation failed.",
];
const storageCodes = [
  [401, "NoAuthenticationInformation"],
  [403, "AuthenticationFailed"],
  [403, "AuthorizationPermissionMismatch"],
  [403, "AuthorizationFailure"],
  [403, "KeyBasedAuthenticationNotPermitted"],
  [409, "PublicAccessNotPermitted"],
  [403, "AccountIsDisabled"],
  [403, "InsufficientAccountPermissions"],
  [404, "ContainerNotFound"],
  [409, "ContainerBeingDeleted"],
  [409, "ContainerDisabled"],
  [404, "ResourceNotFound"],
  [400, "InvalidUri"],
  [409, "AccountBeingCreated"],
  [412, "LeaseIdMissing"],
  [409, "LeaseAlreadyPresent"],
  [409, "BlobImmutableDueToPolicy"],
  [409, "BlobArchived"],
  [409, "BlobBeingRehydrated"],
  [409, "SnapshotsPresent"],
  [409, "InvalidBlobType"],
] as const;

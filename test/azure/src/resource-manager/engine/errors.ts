import { WrongShape } from "../../base/json.ts";
import { NotEmulated } from "../../base/not-emulated.ts";

/**
 * A refusal of Resource Manager or one of its resource providers: HTTP status, code and text, rendered as
 * `{error: {code, message}}` (https://learn.microsoft.com/rest/api/azure, "Error response") or, from a provider that has a
 * shape of its own, as `body`.
 */
export class ManagementError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly body: object;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Record<string, string> = {},
    body: object = { error: { code, message } },
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.body = body;
  }

  toResponse(): Response {
    const gateway = ofResourceManager.includes(this.code)
      ? { "x-ms-failure-cause": "gateway" }
      : {};
    const headers = { ...gateway, ...this.headers };
    return Response.json(this.body, { status: this.status, headers });
  }
}

/** Codes of Resource Manager itself, which says so in a header (recorded for the first three). */
const ofResourceManager = [
  "ResourceNotFound",
  "ResourceGroupNotFound",
  "LocationNotAvailableForResourceGroup",
  "LocationNotAvailableForResourceType",
  "SubscriptionNotFound",
  "MissingApiVersionParameter",
  "NoRegisteredProviderFound",
  "MissingSubscriptionRegistration",
];

/** What was thrown as Resource Manager tells it, undefined for what is no refusal. */
export function asManagementError(error: unknown): ManagementError | undefined {
  if (error instanceof ManagementError) return error;
  if (error instanceof NotEmulated)
    return new ManagementError(501, "NotImplemented", error.message);
  if (!(error instanceof WrongShape)) return undefined;
  return new ManagementError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${error.message}'.`,
  );
}

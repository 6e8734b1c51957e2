import {
  RestError,
  type RequestPolicy,
  type RequestPolicyFactory,
  type WebResource,
} from "@azure/storage-blob";
import { challengedTenant } from "./tenant-challenge.ts";

/** One tenant's tokens for Azure Storage. */
export interface StorageTokens {
  /** The text of a valid token; rejects with a TokenError, or with the reason of `signal` once it fires. */
  getToken(signal?: AbortSignal): Promise<string>;
  /** Storage refused `token`: it is not to be given out again. */
  reject(token: string): void;
}

/**
 * Sets the authorization header itself instead of handing the SDK a TokenCredential: the SDK's own
 * token handling retries a failing credential every 3 seconds until the old token expires, ends the
 * process with an unhandled rejection, and lets a storage account name the tenant to ask. A token
 * that an account of `tenantId` refuses is replaced once, if another is to be had; the second refusal
 * is the error.
 */
export function bearerToken(tenantId: string, tokens: StorageTokens): RequestPolicyFactory {
  return { create: (next) => ({ sendRequest: (request) => send(request, next) }) };

  async function send(
    request: WebResource,
    next: RequestPolicy,
  ): ReturnType<typeof next.sendRequest> {
    const token = await authorize(request, tokens);
    try {
      return await next.sendRequest(request);
    } catch (error) {
      if (!refusesToken(error, tenantId)) throw error;
      tokens.reject(token);
      if (!canBeSentAgain(request) || (await authorize(request, tokens)) === token) throw error;
      return next.sendRequest(request);
    }
  }
}

async function authorize(request: WebResource, tokens: StorageTokens): Promise<string> {
  const { abortSignal } = request;
  const token = await tokens.getToken(abortSignal instanceof AbortSignal ? abortSignal : undefined);
  request.headers.set("authorization", `Bearer ${token}`);
  return token;
}

/**
 * Another token of the configured tenant cannot please an account of another tenant. A missing role may be the token's
 * fault: until it expires it is for the service principal that there was when it was issued, and that may have been
 * deleted and made again since.
 */
function refusesToken(error: unknown, tenantId: string): boolean {
  if (!(error instanceof RestError)) return false;
  if (error.statusCode === 403) return error.code === "AuthorizationPermissionMismatch";
  if (error.statusCode !== 401) return false;
  return (challengedTenant(error) ?? tenantId) === tenantId;
}

// A function makes the body anew; a stream was read by the first attempt.
function canBeSentAgain({ body }: WebResource): boolean {
  return body === undefined || typeof body === "string" || typeof body === "function";
}

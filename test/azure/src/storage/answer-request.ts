import { findOperation } from "./access/blob-operation.ts";
import { authenticateBlobRequest } from "./access/storage-authentication.ts";
import { authorizeBlobRequest } from "./access/storage-authorization.ts";
import { answerDelegationKey } from "./access/user-delegation-key.ts";
import { answerAccountInformation } from "./account-information.ts";
import type { AdmittedRequest, BlobService } from "./azurite/backend.ts";
import { scopeOf } from "./azurite/container-registry.ts";
import { forwardToAzurite } from "./azurite/forward-to-azurite.ts";
import { answerBatch } from "./blob-batch.ts";
import { admitCopySource, isWholeCopy } from "./copy/copy-source.ts";
import { putFromUrl } from "./copy/put-from-url.ts";
import { readCopySource, sourceHeaders } from "./copy/read-copy-source.ts";
import { refuseDataLake } from "./data-lake.ts";
import { type BlobRequest, readBlobRequest, requireAccount } from "./engine/blob-request.ts";
import { StorageError } from "./engine/errors.ts";
import { isDataLakeAddress, serviceName } from "./engine/service-name.ts";
import { refusePublicAccess, requireAdmitted } from "./rules/account.ts";
import { requirePutHeaders, requireTagsHeader } from "./rules/headers.ts";
import {
  refuseEndBefore,
  requireBlockId,
  requireSnapshotTime,
  requireTagFilter,
} from "./rules/query.ts";
import { documentRoot, requireXmlDocument } from "./rules/xml-document.ts";

/**
 * Answers one request: account, network, token or signature, operation, role, source of a copy, in this order. Throws
 * StorageError for what is refused.
 */
async function answerBlobRequest(
  service: BlobService,
  raw: Request,
  client: string,
): Promise<Response> {
  const { azure, registry, delegationSecret } = service;
  const request = readBlobRequest(raw, client);
  const account = requireAccount(azure.state, request.account);
  requireAdmitted(account, client);
  const access = await authenticateBlobRequest(azure, delegationSecret, account, request);
  if (isDataLakeAddress(raw.url)) throw refuseDataLake(azure, account, access, request);
  const operation = findOperation(request);
  if (operation === undefined) throw notEmulated(request);
  const grant = authorizeBlobRequest(azure, access, operation, scopeOf(account, request));
  refusePublicAccess(account, request);
  refuseEndBefore(request.query);
  requirePutHeaders(request);
  requireBlockId(request.query);
  requireSnapshotTime(request.query);
  requireTagsHeader(request.headers);
  requireTagFilter(request.query.get("where") ?? request.headers.get("x-ms-if-tags") ?? "");
  const comp = request.query.get("comp");
  if (comp === "userdelegationkey")
    return answerDelegationKey(azure, delegationSecret, account, access, raw);
  if (request.query.get("restype") === "account") return answerAccountInformation(account, raw);
  if (comp === "batch")
    return answerBatch(raw, request, (part) => answerOrRefuse(service, part, client));
  const source = await admitCopySource(service, request, access);
  return registry.follow(request, (credential) =>
    carryOut(service, { request, grant, source, credential }, raw),
  );
}

async function carryOut(
  { azure, azurite }: BlobService,
  { source, ...admitted }: AdmittedRequest,
  raw: Request,
): Promise<Response> {
  if (source === undefined) {
    const root = documentRoot(admitted.request);
    const checked = root === undefined ? raw : await requireXmlDocument(raw, root);
    return forwardToAzurite(azure, azurite, { ...admitted, source }, checked);
  }
  if (!isWholeCopy(admitted.request))
    return putFromUrl(azure, azurite, { ...admitted, source }, raw);
  // Azurite forgets the condition on the source's tags.
  const found = await readCopySource(azurite, source, sourceHeaders(raw.headers), raw.signal);
  await found.body?.cancel();
  return forwardToAzurite(azure, azurite, { ...admitted, source }, raw);
}

/** The same with refusals, and failures of this service's own, as answers. `client` is the sender's IP address. */
export async function answerOrRefuse(
  service: BlobService,
  raw: Request,
  client: string,
): Promise<Response> {
  const { azure } = service;
  try {
    const response = await answerBlobRequest(service, raw, client);
    response.headers.set("server", serviceName(raw.url));
    return response;
  } catch (error) {
    if (error instanceof StorageError) return error.toResponse(raw, azure.clock.now());
    const stack = error instanceof Error ? error.stack : String(error);
    azure.log("storage-error", { path: new URL(raw.url).pathname, error: stack });
    return new StorageError(
      500,
      "InternalError",
      "Server encountered an internal error.",
    ).toResponse(raw, azure.clock.now());
  }
}

function notEmulated({ method, account, container, blob, query }: BlobRequest): StorageError {
  const path = ["", account, container, blob].filter((part) => part !== undefined).join("/");
  const comp = query.get("comp");
  const asked = comp === null ? path : `${path}?comp=${comp}`;
  return new StorageError(501, "NotImplemented", `${method} ${asked} is not emulated`);
}

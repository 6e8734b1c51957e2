import type { AdmittedRequest, BlobService } from "../src/storage/azurite/backend.ts";
import { answerAccountInformation } from "./account-information.ts";
import { answerBatch } from "./blob-batch.ts";
import { findOperation } from "./blob-operation.ts";
import { type BlobRequest, readBlobRequest, requireAccount } from "./blob-request.ts";
import { scopeOf } from "./container-registry.ts";
import { admitCopySource, isWholeCopy } from "./copy-source.ts";
import { isDataLakeAddress } from "./data-lake-address.ts";
import { refuseDataLake } from "./data-lake.ts";
import { forwardToAzurite } from "./forward-to-azurite.ts";
import { requireAdmitted } from "./network-rules.ts";
import { refusePublicAccess } from "./public-access.ts";
import { putFromUrl } from "./put-from-url.ts";
import { readCopySource } from "./read-copy-source.ts";
import { refuseEndBefore } from "./refuse-end-before.ts";
import { requireBlockId } from "./require-block-id.ts";
import { requirePutHeaders } from "./require-put-headers.ts";
import { requireTagFilter } from "./require-tag-filter.ts";
import { requireTagsHeader } from "./require-tags-header.ts";
import { documentRoot, requireXmlDocument } from "./require-xml-document.ts";
import { serviceName } from "./service-name.ts";
import { sourceHeaders } from "./source-headers.ts";
import { authenticateBlobRequest } from "./storage-authentication.ts";
import { authorizeBlobRequest } from "./storage-authorization.ts";
import { StorageError } from "./storage-error.ts";
import { answerDelegationKey } from "./user-delegation-key.ts";

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

import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { readBody } from "../http/read-body.ts";
import { type BlobRequest, readBlobRequest } from "./engine/blob-request.ts";
import { StorageError } from "./engine/errors.ts";

const MAX_PARTS = 256;

interface Part {
  readonly contentId: string;
  readonly request: Request;
}

/**
 * Blob Batch (https://learn.microsoft.com/rest/api/storageservices/blob-batch): deletions or tier changes, each `answer`ed by
 * itself with its own authorization. Throws for a body that is no batch; a refused part does not refuse the others.
 */
export async function answerBatch(
  raw: Request,
  batch: BlobRequest,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const parts = await readParts(raw, batch);
  const boundary = `batchresponse_${randomUUID()}`;
  const version = raw.headers.get("x-ms-version") ?? "";
  let body = "";
  // One after another: a batch is carried out in its own order.
  for (const { contentId, request } of parts) {
    const rendered = await renderAnswer(await answer(request));
    body += `--${boundary}\r\nContent-Type: application/http\r\nContent-ID: ${contentId}\r\n\r\n${rendered}\r\n`;
  }
  return new Response(`${body}--${boundary}--\r\n`, {
    status: 202,
    headers: { "content-type": `multipart/mixed; boundary=${boundary}`, "x-ms-version": version },
  });
}

async function readParts(raw: Request, batch: BlobRequest): Promise<Part[]> {
  const boundary = /^multipart\/mixed;\s*boundary="?([^";]+)"?$/.exec(
    raw.headers.get("content-type") ?? "",
  )?.[1];
  const body = await readBody(raw, 4 * 1024 * 1024);
  if (boundary === undefined || body === undefined) throw invalid();
  const [content = ""] = String(Buffer.from(body)).split(`--${boundary}--`);
  const parts = content.split(`--${boundary}\r\n`).slice(1);
  if (parts.length === 0) throw invalid();
  if (parts.length > MAX_PARTS)
    throw new StorageError(
      400,
      "ExceedsMaxBatchRequestCount",
      "The batch operation exceeds maximum number of allowed subrequests.",
    );
  const read = parts.map((part) => readPart(part, raw, batch));
  if (new Set(read.map(({ request }) => request.method)).size > 1)
    throw new StorageError(
      400,
      "AllBatchSubRequestsShouldBeSameApi",
      "All batch subrequests should be the same api.",
    );
  return read;
}

/** One part: its own headers, an empty line, then a request whose version is the batch's. */
function readPart(part: string, raw: Request, batch: BlobRequest): Part {
  const [envelope = "", message = ""] = part.split(/\r\n\r\n(.*)/s);
  const contentId = /^content-id:[ \t]*(\d{1,9})[ \t]*$/im.exec(envelope)?.[1];
  const [line = "", ...fields] = message.split("\r\n\r\n", 1).join("").split("\r\n");
  const [, method, path] = /^(DELETE|PUT) (\/\S+) HTTP\/1\.1$/.exec(line) ?? [];
  if (contentId === undefined || method === undefined || path === undefined) throw invalid();
  const headers = readHeaders(fields);
  headers.set("x-ms-version", raw.headers.get("x-ms-version") ?? "");
  const request = new Request(new URL(raw.url).origin + path, { method, headers });
  requireBlobOf(batch, readBlobRequest(request, batch.client));
  return { contentId, request };
}

/** A header that is given twice has both values, as if the request had come by itself. */
function readHeaders(fields: readonly string[]): Headers {
  try {
    return new Headers(
      fields.flatMap((field) => {
        const [, name, value] = /^([\w-]+):[ \t]*(.*)$/.exec(field) ?? [];
        return name === undefined || value === undefined ? [] : [[name, value] as [string, string]];
      }),
    );
  } catch {
    throw invalid();
  }
}

/** A batch deletes blobs or sets their tier, in its own account or container. */
function requireBlobOf(
  batch: BlobRequest,
  { method, account, container, blob, query }: BlobRequest,
): void {
  const comp = query.get("comp");
  const known = method === "DELETE" ? comp === null : comp === "tier";
  const within =
    account === batch.account && (batch.container === undefined || container === batch.container);
  if (!known || !within || blob === undefined) throw invalid();
}

/**
 * One empty line ends the headers, and with them a part without a body, as in the document's sample: Microsoft's client for
 * Java takes what follows a second one for an error.
 */
async function renderAnswer(response: Response): Promise<string> {
  const { status } = response;
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`);
  const text = await response.text();
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${headers.join("")}`;
  return text === "" ? head : `${head}\r\n${text}`;
}

function invalid(): StorageError {
  return new StorageError(400, "InvalidInput", "One of the request inputs is not valid.");
}

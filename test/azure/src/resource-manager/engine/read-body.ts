import { isJsonObject, type JsonObject, WrongShape } from "../../base/json.ts";
import { readBody } from "../../http/read-body.ts";
import { ManagementError } from "./errors.ts";

/** Resource Manager's own limit. */
const maxBodyBytes = 4 * 1024 * 1024;

/**
 * The JSON object in a request's body, `{}` for an empty body. Throws UnsupportedMediaType for a write of another type and
 * WrongShape for anything else.
 */
export async function readJsonObject(request: Request): Promise<JsonObject> {
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === undefined) throw tooLarge();
  if (bytes.length === 0) return {};
  requireJsonMediaType(request);
  const value = parse(new TextDecoder().decode(bytes));
  if (!isJsonObject(value)) throw new WrongShape("a JSON object is expected");
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongShape("the body is not JSON");
  }
}

function tooLarge(): ManagementError {
  return new ManagementError(
    413,
    "RequestEntityTooLarge",
    `The request body exceeds ${maxBodyBytes} bytes.`,
  );
}

const writes = ["PUT", "PATCH", "POST"];

/**
 * Throws the 415 for a write whose body is not declared as `application/json`; parameters of the type, such as its charset,
 * do not matter (code and text observed: Azure/azure-cli issues 10143 and 13056, Azure/azure-powershell issue 6639). That
 * `text/json` is none, and that the parameters are not repeated, is read out of the text.
 */
function requireJsonMediaType({ method, headers }: Request): void {
  const [mediaType = ""] = (headers.get("content-type") ?? "").split(";");
  const given = mediaType.trim();
  if (!writes.includes(method) || given.toLowerCase() === "application/json") return;
  throw new ManagementError(
    415,
    "UnsupportedMediaType",
    `The content media type '${given || "<null>"}' is not supported. Only 'application/json' is supported.`,
  );
}

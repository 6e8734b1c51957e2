import { isJsonObject, type JsonObject, WrongShape } from "../../base/json.ts";
import { readBody } from "../../http/read-body.ts";
import { ManagementError } from "./management-error.ts";
import { requireJsonMediaType } from "./require-json-media-type.ts";

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

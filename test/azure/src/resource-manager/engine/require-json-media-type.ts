import { ManagementError } from "./management-error.ts";

const writes = ["PUT", "PATCH", "POST"];

/**
 * Throws the 415 for a write whose body is not declared as `application/json`; parameters of the type, such as its charset,
 * do not matter (code and text observed: Azure/azure-cli issues 10143 and 13056, Azure/azure-powershell issue 6639). That
 * `text/json` is none, and that the parameters are not repeated, is read out of the text.
 */
export function requireJsonMediaType({ method, headers }: Request): void {
  const [mediaType = ""] = (headers.get("content-type") ?? "").split(";");
  const given = mediaType.trim();
  if (!writes.includes(method) || given.toLowerCase() === "application/json") return;
  throw new ManagementError(
    415,
    "UnsupportedMediaType",
    `The content media type '${given || "<null>"}' is not supported. Only 'application/json' is supported.`,
  );
}

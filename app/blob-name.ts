import { AppError } from "./app-error.ts";

const longestName = 1024;
const mostSegments = 254;

/**
 * The blob name in a percent-encoded path, its slashes encoded or not, decoded exactly once; AppError 400 for what
 * Azure does not take (learn.microsoft.com "Naming and Referencing Containers, Blobs, and Metadata").
 */
export function parseBlobName(path: string): string {
  const name = decode(path);
  const fault = faultOf(name);
  if (fault !== undefined) throw badName(fault);
  return name;
}

function faultOf(name: string): string | undefined {
  if (name.length === 0 || name.length > longestName) {
    return `it has ${name.length} characters; 1 to ${longestName} are allowed`;
  }
  // Code points that the service refuses even when they are encoded.
  if (/[\p{Cc}\p{Co}\p{Noncharacter_Code_Point}]/u.test(name)) {
    return "it has a control character or a code point without a meaning";
  }
  if (name.includes("\\")) return "it has a backslash, which clients turn into a slash";
  const segments = name.split("/");
  if (segments.length > mostSegments) {
    return `it has ${segments.length} segments; ${mostSegments} are allowed`;
  }
  // A URL parser would resolve them to another container.
  if (segments.some((part) => part === "." || part === ".."))
    return "a segment of it is nothing but dots";
  return undefined;
}

/**
 * AppError 400 for a name that Azure takes and advises against. Others write such names (a folder's marker ends with a
 * slash), so they can be read and deleted.
 */
export function requireWritableName(name: string): void {
  const segments = name.split("/");
  if (segments.some((part) => part.endsWith("."))) throw badName("a segment of it ends with a dot");
  if (segments.includes("")) throw badName("it has an empty segment");
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    throw badName("it is not valid percent-encoded UTF-8", { cause: error });
  }
}

function badName(fault: string, options?: ErrorOptions): AppError {
  return new AppError(400, "ERR_BAD_BLOB_NAME", `bad blob name: ${fault}`, {}, options);
}

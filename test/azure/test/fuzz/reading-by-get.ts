import type { FuzzRequest } from "./fuzz-request.ts";

/** The GET of what a PUT, PATCH or DELETE is about, with the headers and query that it takes. */
export function readingByGet(
  headers: FuzzRequest["headers"],
  queryOf: (path: string) => string = () => "",
): (request: FuzzRequest) => FuzzRequest | undefined {
  return ({ route, origin, method, path, headers: { host } }) => {
    if (!["PUT", "PATCH", "DELETE"].includes(method)) return undefined;
    const [resource = ""] = path.split("?");
    const sent = { ...headers, ...(host !== undefined && { host }) };
    return { route, origin, method: "GET", path: resource + queryOf(resource), headers: sent };
  };
}

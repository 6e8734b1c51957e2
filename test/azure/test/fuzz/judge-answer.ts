import { homedir, tmpdir } from "node:os";
import { sep } from "node:path";
import type { FuzzAnswer } from "./fuzz-client.ts";
import type { FuzzRequest } from "./fuzz-request.ts";

/** What a service's documents say about all of its answers. */
export interface Contract {
  /** Statuses besides those of success. */
  readonly statuses: readonly number[];
  /** Whether an answer with an error status has the service's form. */
  readonly isError: (answer: FuzzAnswer) => boolean;
  /** Content types of answers with a body; none where clients choose them. */
  readonly contentTypes?: readonly string[];
}

/** A frame of a stack, or a path of this machine. */
const stack = /\n\s+at .+:\d+:\d+|node_modules|\/test\/azure\/|node:internal/;
const paths = [process.cwd(), tmpdir(), homedir()].map((path) => `${path}${sep}`);

/** No request that can be read, too long a target, too long headers. */
const unread = [400, 414, 431];

/** An answer within an answer that is a failure of the service's own. */
const failedPart = /^HTTP\/1\.1 5(?!01)\d\d |"status":5(?!01)\d\d\b/m;

/** What is wrong with an answer, in words that are the same for the same mistake; undefined when nothing is. */
export function problemOf(
  { statuses, isError, contentTypes }: Contract,
  request: FuzzRequest,
  answer: FuzzAnswer,
): string | undefined {
  const { status, headers, body } = answer;
  // The HTTP server's own answers: to what no service is asked.
  if (unread.includes(status) && body === "" && !headers.has("x-ms-request-id")) return undefined;
  if (status >= 300 && !statuses.includes(status)) return `status ${status}`;
  const seen = [body, ...headers.values()].join("\n");
  if (stack.test(seen) || paths.some((path) => seen.includes(path)))
    return "the answer shows the inside of the service";
  if (secretsOf(request).some((secret) => seen.includes(secret)))
    return "the answer holds the request's token";
  if (failedPart.test(body)) return "a part of the batch failed";
  if (status >= 400 && !isError(answer)) return `status ${status} without the service's error`;
  const type = headers.get("content-type")?.split(";")[0] ?? "none";
  if (body !== "" && contentTypes?.includes(type) === false)
    return `content type ${type} with status ${status}`;
  return undefined;
}

/** The signatures of the tokens that a request brings: the part without which a token is worth nothing. */
function secretsOf({ headers, body }: FuzzRequest): string[] {
  const text = `${headers["authorization"] ?? ""}\n${typeof body === "string" ? body : ""}`;
  return [...text.matchAll(/eyJ[\w-]+\.[\w-]+\.([\w-]{40,})/g)].map(
    ([, signature = ""]) => signature,
  );
}

import { unreadable } from "./graph-error.ts";

/**
 * Throws the gateway's 400 for a body that is not declared as JSON, whatever parameters the type has (code and texts observed:
 * microsoftgraph/msgraph-cli issue 258, msgraph-sample-pythondjangoapp issue 22). A write without a body is not
 * asked for a type (microsoft-graph-docs issue 6259: such a one was refused for its payload).
 */
export function requireJsonContentType(headers: Headers, body: string): void {
  if (body === "") return;
  const contentType = headers.get("content-type") ?? "";
  if (contentType === "") {
    throw unreadable(
      "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
    );
  }
  if (contentType.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw unreadable("Entity only allows writes with a JSON Content-Type header.");
  }
}

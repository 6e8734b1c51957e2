import type { ServerResponse } from "node:http";

/** The ways in which a service is down. */
export const faults = [
  "refused",
  "reset",
  "hang",
  "hang mid-body",
  "429",
  "500",
  "503",
  "HTML",
] as const;

export type Fault = (typeof faults)[number];

/** Answers one request the way `fault` has it; "refused" never gets here, because nothing listens then. */
export function answerWithFault(fault: Fault, response: ServerResponse): void {
  const json = { "content-type": "application/json" };
  const error = JSON.stringify({ error: "temporarily_unavailable", error_description: "injected" });
  switch (fault) {
    case "refused":
    case "reset":
      response.socket?.destroy();
      return;
    case "hang":
      return;
    case "hang mid-body":
      response.writeHead(200, { ...json, "content-length": "1000" }).write('{"access_token":"');
      return;
    case "429":
      response.writeHead(429, { ...json, "retry-after": "2" }).end(error);
      return;
    case "500":
    case "503":
      response.writeHead(Number(fault), json).end(error);
      return;
    case "HTML":
      response.writeHead(200, { "content-type": "text/html" }).end("<html>down for repair</html>");
  }
}

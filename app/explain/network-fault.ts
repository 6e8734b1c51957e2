import type { Failure } from "./refusal.ts";

/** In what way a service could not be reached, or undefined when it was. */
export type NetworkFault = "name" | "certificate" | "connection";

/** Sorts the socket's error code of `failure` (Node.js "Common system errors" and "TLS error codes"). */
export function networkFault({ details }: Failure): NetworkFault | undefined {
  const { network } = details;
  if (network === undefined) return undefined;
  if (network === "ENOTFOUND" || network === "EAI_AGAIN") return "name";
  return /CERT|TLS|^UNABLE_TO_/.test(network) ? "certificate" : "connection";
}

import type { Failure } from "./refusal.ts";

/** In what way a service could not be reached, or undefined when it was. */
export type NetworkFault = "name" | "certificate" | "connection";

const tlsCode = /CERT|TLS|SSL|^UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|EPROTO/;

/** Sorts the socket's error code of `failure` (Node.js "Common system errors" and "TLS error codes"). */
export function networkFault({ details }: Failure): NetworkFault | undefined {
  const { network } = details;
  if (network === undefined) return undefined;
  if (network === "ENOTFOUND" || network === "EAI_AGAIN") return "name";
  return tlsCode.test(network) ? "certificate" : "connection";
}

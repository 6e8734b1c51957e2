import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

/** Makes this process's own requests trust the local Azure's authority as well; its children get NODE_EXTRA_CA_CERTS. */
export function trustAuthority(caFile: string): void {
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(caFile, "utf8")]);
}

import type { Certificate } from "../http/certificate.ts";
import type { KeptPorts } from "../http/kept-ports.ts";
import type { Traffic } from "../http/traffic.ts";
import type { World } from "../world/world.ts";

/** What every service of the local Azure is built from. */
export interface Azure extends World {
  readonly traffic: Traffic;
  /** Where listeners listen so that a later start finds them again. @default wherever the system chooses */
  readonly ports?: KeptPorts;
  readonly certificate: Certificate;
  /** PEM file with the certificate authority. */
  readonly caFile: string;
  /** One JSON line to stderr; never a token. */
  log(event: string, fields?: Record<string, unknown>): void;
}

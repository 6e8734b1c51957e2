import type { Certificate } from "./certificate.ts";
import type { Clock } from "./clock.ts";
import type { SigningKeys } from "./entra/signing-keys.ts";
import type { Traffic } from "./faults.ts";
import type { State } from "./state.ts";

/** Origins of the services, `https://localhost:<port>` each. */
export interface Endpoints {
  readonly metadata: string;
  readonly login: string;
  readonly resourceManager: string;
  readonly graph: string;
  readonly storage: string;
  /** The emulated GitHub Actions OIDC issuer, whose tokens the deployers sign in with. */
  readonly oidc: string;
}

/** What every service of the local Azure is built from. */
export interface Azure {
  readonly clock: Clock;
  readonly state: State;
  readonly keys: SigningKeys;
  readonly traffic: Traffic;
  readonly certificate: Certificate;
  /** PEM file with the certificate authority. */
  readonly caFile: string;
  /** Known once every service listens; read it inside request handlers only. */
  readonly endpoints: Endpoints;
  /** One JSON line to stderr; never a token. */
  log(event: string, fields?: Record<string, unknown>): void;
}

import type { SavedSite } from "../../app-service/hosted-site.ts";
import type { Certificate } from "../../http/certificate.ts";
import type { SavedBlobAccounts } from "../../storage/storage.ts";
import type { State } from "../../world/state.ts";
import type { KeptSeed } from "../seed/seed.ts";
import type { SavedSigningKey } from "./saved-signing-keys.ts";

/** Everything that a local Azure is made of, so that another start goes on with it. Blobs have a folder of their own. */
export interface Saved {
  readonly seed: KeptSeed;
  readonly state: State;
  readonly signingKeys: readonly SavedSigningKey[];
  readonly certificate: Certificate;
  readonly ownTokens: OwnTokens;
  /** By name of the listener. */
  readonly ports: ReadonlyMap<string, number>;
  readonly blobAccounts: SavedBlobAccounts;
  /** By the site's id in lower case. */
  readonly sites: ReadonlyMap<string, SavedSite>;
}

/** The tokens of the two services that no Entra tenant issues tokens for. */
export interface OwnTokens {
  /** ACTIONS_ID_TOKEN_REQUEST_TOKEN. */
  readonly oidc: string;
  readonly control: string;
}

import type { Azure } from "../service/azure.ts";
import { initialDomain } from "../world/directory/lookup.ts";
import type { OwnTokens } from "./persistence/saved.ts";
import type { KeptSeed } from "./seed/seed.ts";

/** What a client needs to reach and trust the local Azure, and to sign in as its deployers: the line `npm run azure` prints. */
export interface Connection {
  /** `localhost:<port>`. */
  readonly metadataHost: string;
  readonly loginEndpoint: string;
  readonly resourceManager: string;
  readonly graph: string;
  readonly caFile: string;
  /** For clients that cannot resolve names under localhost: `HTTPS_PROXY`. */
  readonly proxy: string;
  readonly oidc: { readonly requestUrl: string; readonly requestToken: string };
  /** `GET`, `PUT` and `DELETE` of `<url>/faults`, `GET` of `<url>/hosts/<resource id>`, with this bearer token. */
  readonly control: { readonly url: string; readonly token: string };
  readonly tenants: readonly {
    readonly tenantId: string;
    /** Verified domain, another name of the tenant wherever one signs in. */
    readonly domain: string;
    readonly subscriptionId: string;
    readonly location: string;
    readonly deployerClientId: string;
  }[];
}

/** Describes a local Azure whose services all listen. */
export function connectionOf(
  { endpoints, caFile }: Azure,
  seed: KeptSeed,
  ownTokens: OwnTokens,
  proxy: string,
): Connection {
  return {
    metadataHost: new URL(endpoints.metadata).host,
    loginEndpoint: endpoints.login,
    resourceManager: endpoints.resourceManager,
    graph: endpoints.graph,
    caFile,
    proxy,
    // Clients append "&audience=...", so the address has a query already, as GitHub's has.
    oidc: {
      requestUrl: `${endpoints.oidc}/idtoken?api-version=2.0`,
      requestToken: ownTokens.oidc,
    },
    control: { url: endpoints.control, token: ownTokens.control },
    tenants: seed.tenants.map(({ tenantId, subscriptionId, location, deployer }) => ({
      tenantId,
      domain: initialDomain(tenantId),
      subscriptionId,
      location,
      deployerClientId: deployer.clientId,
    })),
  };
}

import type { TokenCredential } from "@azure/identity";
import { type Answer, ask } from "./answer.ts";
import { deployerCredential, type Deployer } from "./deployer-credential.ts";
import { refusal } from "./refusal.ts";

const WEB_API_VERSION = "2024-04-01";

/** The site is not there any more. */
export class SiteGone extends Error {}

/** One site, asked as its deployer: by Resource Manager, and by its SCM (Kudu, github.com/projectkudu/kudu/wiki/REST-API). */
export class SiteApi {
  /** Whether it was stopped, and so would run no package. */
  readonly isStopped: boolean;
  readonly #site: string;
  readonly #scm: string;
  readonly #authorization: () => Promise<string>;

  private constructor(
    isStopped: boolean,
    site: string,
    scm: string,
    authorization: () => Promise<string>,
  ) {
    this.isStopped = isStopped;
    this.#site = site;
    this.#scm = scm;
    this.#authorization = authorization;
  }

  /**
   * Finds the SCM host by asking the site: the host is unique per site and cannot be built from its name.
   *
   * @throws {SiteGone} when Resource Manager does not know the site.
   */
  static async of(siteId: string, deployer: Deployer, env = process.env): Promise<SiteApi> {
    const credential = deployerCredential(deployer, env);
    const authorization = () => bearer(credential, deployer);
    const url = `${deployer.resourceManager}${siteId}`;
    const headers = { authorization: await authorization() };
    const answer = await ask(`${url}?api-version=${WEB_API_VERSION}`, { headers });
    if (answer.status === 404) throw new SiteGone(`the site "${siteId}" does not exist`);
    if (answer.status !== 200) throw refusal(answer, `read site "${siteId}"`);
    const { properties } = JSON.parse(answer.text) as SiteDocument;
    const states = properties.hostNameSslStates ?? [];
    const scm = states.find(({ hostType }) => hostType === "Repository");
    if (scm === undefined) throw new Error(`the site "${siteId}" names no host of type Repository`);
    return new SiteApi(properties.state === "Stopped", url, `https://${scm.name}`, authorization);
  }

  /** One request to SCM. */
  async scm(path: string, zip?: Uint8Array): Promise<Answer> {
    const authorization = await this.#authorization();
    if (zip === undefined) return ask(`${this.#scm}${path}`, { headers: { authorization } });
    const headers = { authorization, "content-type": "application/zip" };
    return ask(`${this.#scm}${path}`, { method: "POST", headers, body: Buffer.from(zip) });
  }

  /** What Resource Manager says of something below the site. */
  async resourceManager(path: string): Promise<Answer> {
    const headers = { authorization: await this.#authorization() };
    return ask(`${this.#site}${path}?api-version=${WEB_API_VERSION}`, { headers });
  }
}

interface SiteDocument {
  readonly properties: {
    readonly state?: string;
    readonly hostNameSslStates?: readonly { readonly name: string; readonly hostType: string }[];
  };
}

async function bearer(credential: TokenCredential, deployer: Deployer): Promise<string> {
  const token = await credential.getToken(`${deployer.resourceManager}/.default`);
  if (token === null)
    throw new Error(
      `no token for ${deployer.resourceManager}; sign in to tenant "${deployer.tenantId}"`,
    );
  return `Bearer ${token.token}`;
}

import type { TokenCredential } from "@azure/identity";
import { deployerCredential, type Deployer } from "./deployer-credential.ts";

const REQUEST_DEADLINE_MILLISECONDS = 120_000;
const WEB_API_VERSION = "2024-04-01";

/** The site is not there any more. */
export class SiteGone extends Error {}

/** The SCM (Kudu) service of one site, called as the deployer. https://github.com/projectkudu/kudu/wiki/REST-API */
export class Scm {
  readonly #host: string;
  readonly #authorization: () => Promise<string>;

  private constructor(host: string, authorization: () => Promise<string>) {
    this.#host = host;
    this.#authorization = authorization;
  }

  /**
   * Finds the SCM host by asking the site: the host is unique per site and cannot be built from its name.
   *
   * @throws {SiteGone} when Resource Manager does not know the site.
   */
  static async of(siteId: string, deployer: Deployer, env = process.env): Promise<Scm> {
    const credential = deployerCredential(deployer, env);
    const authorization = () => bearer(credential, deployer);
    const url = `${deployer.resourceManager}${siteId}?api-version=${WEB_API_VERSION}`;
    const response = await request(url, { headers: { authorization: await authorization() } });
    if (response.status === 404) throw new SiteGone(`the site "${siteId}" does not exist`);
    if (!response.ok) throw await refusal(response, `read site "${siteId}"`);
    const site = (await response.json()) as {
      properties: { hostNameSslStates?: { name: string; hostType: string }[] };
    };
    const states = site.properties.hostNameSslStates ?? [];
    const scm = states.find(({ hostType }) => hostType === "Repository");
    if (scm === undefined) throw new Error(`the site "${siteId}" names no host of type Repository`);
    return new Scm(scm.name, authorization);
  }

  /** One request to SCM; the caller judges the status. */
  async request(
    path: string,
    init: { method?: string; body?: Uint8Array } = {},
  ): Promise<Response> {
    const headers = { authorization: await this.#authorization() };
    const { method = "GET", body } = init;
    return request(`https://${this.#host}${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/zip" },
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
  }
}

/** An error that carries what SCM or Resource Manager said, without any token. */
export async function refusal(response: Response, what: string): Promise<Error> {
  const text = (await response.text()).slice(0, 500);
  return new Error(
    `cannot ${what}: ${new URL(response.url).host} answered ${response.status} ${text}`,
  );
}

async function request(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_DEADLINE_MILLISECONDS) });
}

async function bearer(credential: TokenCredential, deployer: Deployer): Promise<string> {
  const token = await credential.getToken(`${deployer.resourceManager}/.default`);
  if (token === null)
    throw new Error(
      `no token for ${deployer.resourceManager}; sign in to tenant "${deployer.tenantId}"`,
    );
  return `Bearer ${token.token}`;
}

import { NoAnswer, type Answer } from "./answer.ts";

/**
 * What to do about an answer that is none: `outage` passes by itself, `young` passes for a site that was just made, `busy`
 * ends with the deployment before ours, and `final` stays until somebody acts.
 */
export type Nature = "outage" | "young" | "busy" | "final";

export type Refused = Answer | NoAnswer;

/** A refusal that was judged: what was said, by whom, why, and what mends it. */
export class Refusal extends Error {
  readonly nature: Nature;
  /** Whether what was asked may have been carried out all the same. */
  readonly mayHaveHappened: boolean;

  constructor(message: string, nature: Nature, mayHaveHappened: boolean) {
    super(message);
    this.nature = nature;
    this.mayHaveHappened = mayHaveHappened;
  }
}

interface Row {
  readonly nature: Nature;
  readonly of: (refused: Refused) => boolean;
  readonly cause: string;
  readonly fix: string;
}

const says = (status: number, text?: RegExp) => (refused: Refused) =>
  !(refused instanceof NoAnswer) &&
  refused.status === status &&
  (text === undefined || text.test(refused.text));
const fails = (code: RegExp) => (refused: Refused) =>
  refused instanceof NoAnswer && code.test(refused.code);

const wait = "wait a few minutes and run pulumi up again";

/** The first that fits tells. Texts in slashes are Kudu's and App Service's own (KuduLite, Resources.resx). */
const rows: readonly Row[] = [
  {
    nature: "final",
    of: (refused) =>
      says(403, /ip forbidden/i)(refused) ||
      (!(refused instanceof NoAnswer) && refused.headers.has("x-ms-forbidden-ip")),
    cause: "the access restrictions of SCM keep this machine's address out",
    fix: "admit it in scmIpSecurityRestrictions, or publish from an address that is admitted",
  },
  {
    nature: "final",
    of: says(403, /web app is stopped|site disabled/i),
    cause: "the site is stopped, or its plan has used up what it may",
    fix: "start it with `az webapp start`",
  },
  {
    nature: "young",
    of: says(403, /AuthorizationFailed/),
    cause: "the deployer has no role with the action that is named, or not yet",
    fix: "assign infra/roles/home-deployer.json to it; a role takes up to ten minutes",
  },
  {
    nature: "young",
    of: says(403),
    cause:
      "the deployer has no role with Microsoft.Web/sites/publish/action at the site, or not yet",
    fix: "assign infra/roles/home-deployer.json to it; a role takes up to ten minutes",
  },
  {
    nature: "young",
    of: says(401),
    cause:
      "the sign-in is not taken: it is for another tenant than the site's, or the site does not know it yet",
    fix: "sign in to the home tenant; in a job compare homeTenant.deployerClientId",
  },
  {
    nature: "young",
    of: says(404),
    cause: "the front end does not know this host, or not yet",
    fix: "run pulumi up again; `pulumi up --refresh` when the site was deleted",
  },
  {
    nature: "busy",
    of: says(409, /in progress/i),
    cause: "another deployment is in progress",
    fix: "wait for its end (`az webapp log deployment list`) and run pulumi up again",
  },
  {
    nature: "final",
    of: says(409, /run-from-zip/i),
    cause: "the site runs a package from elsewhere, by a setting that this stack does not make",
    fix: "delete the app setting WEBSITE_RUN_FROM_PACKAGE and run pulumi up again",
  },
  {
    nature: "outage",
    of: (refused) => [408, 429, 502, 503, 504].some((status) => says(status)(refused)),
    cause: "the service restarts, is overloaded or has an outage",
    fix: `${wait}; when it stays, look at Azure's status page`,
  },
  {
    nature: "young",
    of: fails(/^(ENOTFOUND|EAI_AGAIN)$/),
    cause: "the name has no address, or not yet",
    fix: "run pulumi up again; when it stays, look at this machine's DNS",
  },
  {
    nature: "final",
    of: fails(/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS/),
    cause:
      "this machine does not trust the certificate that was shown: something on the way intercepts TLS",
    fix: "let Node trust its authority (NODE_EXTRA_CA_CERTS); never switch the check off",
  },
  {
    nature: "outage",
    of: (refused) => refused instanceof NoAnswer,
    cause: "the service restarts, or a firewall or proxy is in the way",
    fix: `${wait}; behind a proxy set NODE_USE_ENV_PROXY=1, which Node needs to heed HTTPS_PROXY`,
  },
];

/** An error that carries what was said, its cause and what mends it, without any token. */
export function refusal(refused: Refused, what: string): Refusal {
  const row = rows.find(({ of }) => of(refused));
  const explained = row === undefined ? "" : `; ${row.cause}; ${row.fix}`;
  const said = refused instanceof NoAnswer ? refused.message : `${refused.host} ${words(refused)}`;
  const message = `cannot ${what}: ${said}${explained}`;
  return new Refusal(message, row?.nature ?? "final", mayHaveHappened(refused));
}

/** A front end that gives up, or a connection that breaks, says nothing of what is behind. */
function mayHaveHappened(refused: Refused): boolean {
  if (!(refused instanceof NoAnswer)) return [408, 502, 503, 504].includes(refused.status);
  return !/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED)$/.test(refused.code);
}

/** Pages are told without their markup. */
function words({ status, text }: Answer): string {
  const plain = text
    .replaceAll(/<(style|script)[^]*?<\/\1>|<[^>]*>/gi, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return `answered ${status}${plain === "" ? "" : ` "${plain.slice(0, 500)}"`}`;
}

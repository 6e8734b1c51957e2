import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packFiles } from "../../../infra/package/build-package.ts";
import { Patience } from "../../../infra/package/patience.ts";
import { publishPackage } from "../../../infra/package/publish-package.ts";
import { homeSite } from "./home-site.ts";
import { askSite, siteAnswers } from "./site-answer.ts";
import type { Stage } from "./stage.ts";

/** What the probe got last: Entra's refusal, or storage's answer to the token it was given. */
export interface ProbeAnswer {
  readonly status: number;
  readonly challenge?: string | null;
  readonly body: unknown;
}

/** Asks the probe for an exchange at a tenant, with a user-assigned identity or the site's own one. */
export type Probe = (query: {
  readonly tenant: string;
  /** Client id of a user-assigned identity. @default - the system-assigned one */
  readonly identity?: string;
  /** What is read with the token. */
  readonly url: string;
}) => Promise<ProbeAnswer>;

/** Publishes the exchange probe in place of the site's own code. */
export async function publishProbe(stage: Stage, siteUrl: string): Promise<Probe> {
  const source = await readFile(join(import.meta.dirname, "exchange-probe.ts"));
  const probe = packFiles({
    "main.cjs": Buffer.from('require("./exchange-probe.ts");'),
    "exchange-probe.ts": source,
    "package.json": Buffer.from('{"type":"module"}'),
  });
  await publishPackage(await homeSite(stage), probe, new Patience());
  await siteAnswers(siteUrl);
  return async (query) => {
    const { status, body } = await askSite(siteUrl, `/?${new URLSearchParams(query).toString()}`);
    if (status !== 200) throw new Error(`the probe answered ${status}: ${String(body)}`);
    return JSON.parse(String(body)) as ProbeAnswer;
  };
}

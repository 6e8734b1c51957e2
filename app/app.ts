import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { AppError, toAppError } from "./app-error.ts";
import { blobRoutes } from "./blob-routes.ts";
import type { Settings } from "./env.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";
import { pageSecurityPolicy, renderPage } from "./page.ts";
import { listForPage } from "./page-blobs.ts";
import { requestLog, type Log, type LogVariables } from "./request-log.ts";
import { reportTarget, type TargetReport } from "./target-report.ts";
import { TargetSlots, type SlotLimits } from "./target-slots.ts";
import type { TargetStore } from "./target-store.ts";
import type { Target } from "./target.ts";
import type { Clock } from "./token/clock.ts";
import type { TokenSource } from "./token/token-source.ts";

export interface AppDeps {
  readonly settings: Settings;
  /** Hash of the package this process runs; absent when it runs from sources. */
  readonly packageHash?: string;
  readonly tokens: Pick<TokenSource, "state">;
  /** Makes the one store of a target; called once for each target. */
  readonly openStore: (target: Target) => TargetStore;
  readonly limits: SlotLimits;
  readonly clock: Clock;
  readonly log: Log;
}

/** The whole site behind one fetch function. */
export function createApp(deps: AppDeps): Hono<{ Variables: LogVariables }> {
  const { settings, tokens, clock, log } = deps;
  const { maxBlobBytes } = settings;
  const slots = new TargetSlots(deps.limits, clock);
  const opened = settings.targets.map((target) => ({
    target,
    store: deps.openStore(target),
  }));
  const targets = new Map(opened.map((entry) => [entry.target.name, entry]));
  const report = (target: Target): TargetReport =>
    reportTarget(target, tokens.state(target.tenantId), clock.now());

  const app = new Hono<{ Variables: LogVariables }>();
  app.use(requestLog(log, clock));
  // App Service redirects to https by itself; this header would bind every port of a local host.
  app.use(secureHeaders({ strictTransportSecurity: false }));
  app.get("/", async (c) => {
    const listings = await listForPage(opened, slots);
    const rows = listings.map(({ target, listing }) => ({ report: report(target), listing }));
    c.header("content-security-policy", pageSecurityPolicy);
    c.header("cache-control", "no-store");
    return c.html(renderPage(settings, rows, deps.packageHash));
  });
  app.get("/healthz", (c) => c.json({ status: "ok", package: deps.packageHash ?? null }));
  app.get("/api/targets", (c) => c.json({ targets: settings.targets.map(report) }));
  app.route("/api/targets/:name/blobs", blobRoutes({ targets, slots, maxBlobBytes, log }));
  for (const path of ["/", "/healthz", "/api/targets"])
    app.all(path, methodNotAllowed("GET, HEAD"));
  app.notFound(() => {
    throw new AppError(
      404,
      "ERR_UNKNOWN_ROUTE",
      "no such route; the page at / shows what there is",
    );
  });
  app.onError((error, c) => {
    const refusal = toAppError(error);
    if (refusal.status === 429) c.header("retry-after", "1");
    return c.json({ error: refusal }, refusal.status);
  });
  return app;
}

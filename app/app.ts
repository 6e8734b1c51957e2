import { Hono, type MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Clock } from "cross-tenant-tokens/time";
import { AppError, toAppError } from "./app-error.ts";
import { blobRoutes } from "./blob-routes.ts";
import type { Settings } from "./env.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";
import { doorway, pageSecurityPolicy, renderPage } from "./page/page.ts";
import { listForPage } from "./page/page-blobs.ts";
import { requestLog, type Log, type LogVariables } from "./request-log.ts";
import { siteReports, type TokenStates } from "./report/site-reports.ts";
import { TargetSlots, type SlotLimits } from "./target-slots.ts";
import type { TargetStore } from "./target-store.ts";
import type { Target } from "./target.ts";

export interface AppDeps {
  readonly settings: Settings;
  /** Hash of the package this process runs; absent when it runs from sources. */
  readonly packageHash?: string;
  readonly tokens: TokenStates;
  /** Makes the one store of a target; called once for each target. */
  readonly openStore: (target: Target) => TargetStore;
  readonly limits: SlotLimits;
  readonly clock: Clock;
  readonly log: Log;
}

/** The whole site behind one fetch function. */
export function createApp(deps: AppDeps): Hono<{ Variables: LogVariables }> {
  const { settings, packageHash, clock, log } = deps;
  const { maxBlobBytes } = settings;
  const slots = new TargetSlots(deps.limits, clock);
  const reports = siteReports(settings, deps.tokens, clock);
  const opened = settings.targets.map((target) => ({
    target,
    store: reports.watch(target, deps.openStore(target)),
  }));
  const targets = new Map(opened.map((entry) => [entry.target.name, entry]));

  const app = new Hono<{ Variables: LogVariables }>();
  app.use(requestLog(log, clock));
  app.use(secureHeaders({ strictTransportSecurity: false }));
  app.use(strictTransport);
  // Always On asks for this path every five minutes and for no other, so nothing is fetched for it.
  app.get("/", (c) => {
    c.header("content-security-policy", pageSecurityPolicy);
    return c.html(doorway);
  });
  app.get("/overview", async (c) => {
    const listings = await listForPage(opened, slots, clock);
    const rows = listings.map(({ target, listing }) => ({
      report: reports.target(target),
      listing: listing instanceof AppError ? reports.error(listing, target) : listing,
    }));
    c.header("content-security-policy", pageSecurityPolicy);
    c.header("cache-control", "no-store");
    const identity = reports.identity();
    return c.html(renderPage({ settings, identity, rows, packageHash }));
  });
  // Tells that the process serves; no tenant's state has a part in it.
  app.get("/healthz", (c) => c.json({ status: "ok", package: packageHash ?? null }));
  app.get("/api/targets", (c) => {
    const targets = settings.targets.map((target) => reports.target(target));
    return c.json({ identity: reports.identity(), targets });
  });
  app.route("/api/targets/:name/blobs", blobRoutes({ targets, slots, maxBlobBytes, log }));
  for (const path of ["/", "/overview", "/healthz", "/api/targets"])
    app.all(path, methodNotAllowed("GET, HEAD"));
  app.notFound(unknownRoute);
  app.onError((error, c) => {
    const refusal = toAppError(error);
    const { status, retryAfterSeconds } = refusal;
    if (retryAfterSeconds !== undefined) c.header("retry-after", String(retryAfterSeconds));
    const target = targets.get(c.get("target") ?? "")?.target;
    return c.json({ error: reports.error(refusal, target) }, status);
  });
  return app;
}

/** Not for this machine: there it would bind every port of the host, for everything that listens. */
const strictTransport: MiddlewareHandler = async (c, next) => {
  await next();
  if (/^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(new URL(c.req.url).hostname)) return;
  c.header("strict-transport-security", "max-age=31536000");
};

function unknownRoute(): never {
  const message = "no such route; the page at /overview shows what there is";
  throw new AppError(404, "ERR_UNKNOWN_ROUTE", message);
}

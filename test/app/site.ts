import type { TokenState } from "cross-tenant-tokens";
import { createApp } from "../../app/app.ts";
import { parseEnvironment } from "../../app/env.ts";
import { ManualClock } from "../../app/token/test/manual-clock.ts";
import { MemoryStore } from "./memory-store.ts";
import { environment, targetOf } from "./settings.ts";

/** A site with targets in two tenants, everything around its routes in memory. */
export interface Site {
  readonly app: ReturnType<typeof createApp>;
  readonly clock: ManualClock;
  readonly invoices: MemoryStore;
  readonly photos: MemoryStore;
  /** What the site knows about its tokens: by tenant id, and of the identity under "identity". */
  readonly tokenStates: Map<string, TokenState>;
  readonly log: Record<string, unknown>[];
  /** Sends a request and reads the JSON it answers. */
  json(path: string, init?: RequestInit): Promise<{ status: number; body: unknown }>;
}

export const contoso = targetOf("invoices", "contoso", "1");
export const fabrikam = targetOf("photos", "fabrikam", "2");

/** The state of a token that was never asked for, or one with what `known` says. */
export function tokenState(known: Partial<TokenState> = {}): TokenState {
  const counters = { served: 0, obtained: 0, failed: 0, rejected: 0 };
  return { inFlight: false, counters, ...known };
}

/** Makes a site that takes blobs of at most 100 bytes and two requests per target at a time. */
export function createSite(): Site {
  const clock = new ManualClock();
  const stores = new Map([contoso, fabrikam].map(({ name }) => [name, new MemoryStore()]));
  const tokenStates = new Map<string, TokenState>();
  const log: Record<string, unknown>[] = [];
  const storeOf = (name: string): MemoryStore => stores.get(name) ?? new MemoryStore();
  const app = createApp({
    settings: parseEnvironment({
      ...environment(),
      TARGETS: JSON.stringify([contoso, fabrikam]),
      MAX_BLOB_BYTES: "100",
    }),
    packageHash: "abc123",
    tokens: {
      state: (tenantId) => tokenStates.get(tenantId) ?? tokenState(),
      identityState: () => tokenStates.get("identity") ?? tokenState(),
    },
    openStore: (target) => storeOf(target.name),
    limits: { maxInFlightPerTarget: 2, deadlineMs: 30_000 },
    clock,
    log: (record) => log.push({ ...record }),
  });
  return {
    app,
    clock,
    invoices: storeOf("invoices"),
    photos: storeOf("photos"),
    tokenStates,
    log,
    async json(path, init) {
      const response = await app.request(path, init);
      return { status: response.status, body: await response.json() };
    },
  };
}

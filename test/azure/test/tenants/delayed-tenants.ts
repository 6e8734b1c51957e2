import { createEntra } from "../../src/entra/entra.ts";
import { twoTenants, type TwoTenants } from "./two-tenants.ts";

/** How long tests of eventual consistency let everything take. */
export const DELAY = { consistencyDelaySeconds: 60 };

/** A working exchange, for tests, in which what is written from now on takes a minute to be seen. */
export async function delayedTenants(): Promise<TwoTenants> {
  const world = await twoTenants();
  const azure = { ...world.azure, ...DELAY };
  return { ...world, azure, entra: createEntra(azure) };
}

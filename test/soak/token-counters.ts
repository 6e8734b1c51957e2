/** How often a token was fetched, and was not to be had. */
export interface TokenCounters {
  readonly obtained: number;
  readonly failed: number;
}

/** Reads `GET /api/targets` of a deployed site: the counters of its identity and of each target's tenant, by name. */
export async function readTokenCounters(siteUrl: string): Promise<Map<string, TokenCounters>> {
  const response = await fetch(`${siteUrl}/api/targets`);
  if (!response.ok) throw new Error(`GET /api/targets answered ${response.status}`);
  const { identity, targets } = (await response.json()) as {
    identity: { counters: TokenCounters };
    targets: readonly { name: string; counters: TokenCounters }[];
  };
  return new Map([
    ["managed identity", identity.counters],
    ...targets.map(({ name, counters }) => [`target ${name}`, counters] as const),
  ]);
}

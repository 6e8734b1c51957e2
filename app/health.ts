/** What `/healthz` answers. It tells that the process serves; no tenant's state has a part in it. */
export interface Health {
  readonly status: "ok";
  /** Hash of the package that runs; null when the site runs from sources. */
  readonly package: string | null;
}

export function health(packageHash: string | undefined): Health {
  return { status: "ok", package: packageHash ?? null };
}

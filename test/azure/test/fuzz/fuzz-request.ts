/** One request as it goes over the wire, and the row of the support table that it was made from. */
export interface FuzzRequest {
  readonly route: string;
  /** `https://localhost:<port>`, or http. */
  readonly origin: string;
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  /** A `host` among them stands in place of the origin's. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** A request in one line to read and to send again, its token left out and its body cut after 2000 characters. */
export function showRequest({ method, path, headers, body }: FuzzRequest): string {
  const shown = Object.entries(headers).map(([name, value]) =>
    name === "authorization" ? "authorization: ..." : `${name}: ${value}`,
  );
  const content = typeof body === "object" ? `0x${Buffer.from(body).toString("hex")}` : body;
  const parts = [method, path, JSON.stringify(shown), (content ?? "").slice(0, 2000)];
  return parts.join(" ").replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, "<token>");
}

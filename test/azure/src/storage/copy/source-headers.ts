import { invalidHeader } from "../engine/storage-error.ts";

/** Range and conditions of a copy's source as those of a request to get it. Throws for a range that is none. */
export function sourceHeaders(headers: Headers): Headers {
  const sent = new Headers({ "x-ms-version": "2021-12-02" });
  const range = headers.get("x-ms-source-range");
  if (range !== null && !isRange(range)) throw invalidHeader();
  if (range !== null) sent.set("x-ms-range", range);
  for (const [name, value] of headers) {
    const condition = /^x-ms-source-(if-.+)$/.exec(name)?.[1];
    if (condition !== undefined)
      sent.set(condition === "if-tags" ? "x-ms-if-tags" : condition, value);
  }
  return sent;
}

function isRange(range: string): boolean {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range) ?? [];
  return first !== undefined && (last === "" || Number(first) <= Number(last));
}

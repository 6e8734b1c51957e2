import type { Exchange } from "../recording.ts";
import { compareFields, type FieldComparison } from "./compare-fields.ts";
import { compareHeaders } from "./compare-headers.ts";
import { xmlTree } from "./xml-tree.ts";

/** An answer of this Azure, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Reads a body as what it looks like, since some types are told wrongly on purpose. */
export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { status, headers, body: readBody(await response.text()) };
}

function readBody(text: string): unknown {
  const trimmed = text.replace(/^\u{FEFF}/u, "").trim();
  if (trimmed === "") return null;
  if (trimmed.startsWith("<")) return xmlTree(trimmed);
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    return text;
  }
}

/** How an answer here compares with the real one, in whose body the ids of here stand already. */
export function compareAnswers(real: Exchange["response"], here: Answer): FieldComparison {
  const body = typeof real.body === "string" ? readBody(real.body) : real.body;
  if (real.status !== here.status) {
    const told = JSON.stringify(here.body)?.slice(0, 200) ?? "";
    return { real: 0, met: 0, differences: [`status: ${here.status} for ${real.status} ${told}`] };
  }
  const fields = compareFields(body, here.body);
  const headers = compareHeaders(real.headers, here.headers);
  return { ...fields, differences: [...fields.differences, ...headers] };
}

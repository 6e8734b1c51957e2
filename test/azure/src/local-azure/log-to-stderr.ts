/** Writes one JSON line to stderr. Callers never put a token into it. */
export function logToStderr(event: string, fields: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ event, ...fields })}\n`);
}

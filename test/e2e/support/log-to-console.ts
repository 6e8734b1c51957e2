/** Where a local Azure says what it has to say: Vitest shows it with a test that fails. */
export function logToConsole(event: string, fields: Record<string, unknown> = {}): string {
  const line = JSON.stringify({ event, ...fields });
  console.log(line);
  return line;
}

/** Headers that say nothing of what was asked: names of machines and requests, budgets that were left, clocks. */
const meaningless =
  /^(?:date|server|vary|content-length|transfer-encoding|connection|expires|pragma|x-ms-(?:ratelimit.*|request-id|correlation-request-id|client-request-id|routing-request-id|original-request-ids|arm-service-request-id|need-to-refresh-epl-cache|request-charge|keyvault-rbac.*)|request-id|client-request-id|x-content-type-options|strict-transport-security|last-modified|x-powered-by|x-aspnet-version|set-cookie|mise-correlation-id|x-msedge-ref|x-cache)$/i;

/** Headers whose value is a promise; of any other the name is. */
const valued = ["content-type", "retry-after", "x-ms-error-code", "x-ms-failure-cause"];

/** What headers of a real answer are missing here or say something else, in words. */
export function compareHeaders(real: Readonly<Record<string, string>>, here: Headers): string[] {
  return Object.entries(real).flatMap(([name, value]) => {
    if (meaningless.test(name)) return [];
    const found = here.get(name);
    if (found === null) return [`header ${name}: missing`];
    if (!valued.includes(name.toLowerCase()) || plain(found) === plain(value)) return [];
    return [`header ${name}: ${found} for ${value}`];
  });
}

function plain(value: string): string {
  return value.toLowerCase().replaceAll(" ", "");
}

/** One place in a resource tenant that the site reads and writes. */
export interface Target {
  /** Unique in the site; the `{name}` of its routes. */
  readonly name: string;
  readonly tenant: string;
  readonly tenantId: string;
  readonly kind: "blob";
  readonly blobEndpoint: string;
  readonly container: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const shortName = /^[a-z][a-z0-9]{2,15}$/;
// learn.microsoft.com "Naming and Referencing Containers, Blobs, and Metadata".
const containerName = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads the TARGETS setting; each problem goes to `problem`, and a list with a problem is not used. */
export function parseTargets(
  text: string,
  storageSuffix: string,
  problem: (message: string) => void,
): Target[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    problem(`TARGETS is not JSON: ${error instanceof Error ? error.message : "unreadable"}`);
    return [];
  }
  if (!Array.isArray(list)) {
    problem("TARGETS must be a JSON list of targets");
    return [];
  }
  const targets = list.map((item: unknown, index) =>
    parseTarget(item, `TARGETS[${index}]`, storageSuffix, problem),
  );
  const names = targets.map((target) => target.name);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    problem(`TARGETS has the name "${name}" more than once; names are unique in the site`);
  }
  return targets;
}

function parseTarget(
  item: unknown,
  where: string,
  storageSuffix: string,
  problem: (message: string) => void,
): Target {
  const fields: Record<string, unknown> = { ...(typeof item === "object" ? item : {}) };
  const text = (key: string, allowed: RegExp, meaning: string): string => {
    const value = fields[key];
    delete fields[key];
    if (typeof value === "string" && allowed.test(value)) return value;
    problem(`${where}.${key} is ${JSON.stringify(value) ?? "missing"}; it must be ${meaning}`);
    return "";
  };
  const shortNameRule = "3 to 16 lower-case letters and digits, starting with a letter";
  text("kind", /^blob$/, '"blob"');
  const target: Target = {
    name: text("name", shortName, shortNameRule),
    tenant: text("tenant", shortName, shortNameRule),
    tenantId: text("tenantId", guid, "the tenant's id, a GUID in lower case"),
    kind: "blob",
    blobEndpoint: text("blobEndpoint", /./, "the blob endpoint of a storage account"),
    container: text("container", containerName, "the name of a container"),
  };
  for (const key of Object.keys(fields)) problem(`${where}.${key} is not known; remove it`);
  const fault = target.blobEndpoint && endpointFault(target.blobEndpoint, storageSuffix);
  if (fault) problem(`${where}.blobEndpoint is "${shownEndpoint(target.blobEndpoint)}"; ${fault}`);
  return target;
}

// The storage token goes to this address: a wrong one would hand it to a stranger.
function endpointFault(endpoint: string, storageSuffix: string): string | undefined {
  const url = URL.parse(endpoint);
  if (url?.protocol !== "https:") return "it must be an https address";
  if (url.username !== "" || url.password !== "") return "it must not contain user info";
  if (/[?#]/.test(endpoint)) return "it must not have a query or a fragment";
  if (
    !/^(\/[a-z0-9]+)?$/.test(url.pathname === "/" ? "" : url.pathname) ||
    endpoint.endsWith("/")
  ) {
    return "its path may hold the account's name at most, without a slash at the end";
  }
  if (url.hostname !== storageSuffix && !url.hostname.endsWith(`.${storageSuffix}`)) {
    return `its host must be at or below STORAGE_SUFFIX, "${storageSuffix}"`;
  }
  return undefined;
}

// A password or a shared access signature that somebody left in the address stays out of the log.
function shownEndpoint(endpoint: string): string {
  return endpoint.replace(/\/\/[^/]*@/, "//(hidden)@").replace(/[?#].*/s, "?(hidden)");
}

import { closed, guid, name, type Fields } from "./fields.ts";
import type { Problems } from "./problems.ts";

export interface ExternalTarget {
  readonly name: string;
  readonly blobEndpoint: string;
  readonly container: string;
}

/** A resource tenant that somebody else made: only settings of the site. */
export interface ExternalTenant {
  readonly name: string;
  readonly tenantId: string;
  readonly targets: readonly ExternalTarget[];
}

// https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
const CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads one entry of `resourceTenants` that somebody else made. */
export function externalTenant(
  fields: Fields,
  targets: readonly Fields[],
  key: string,
  problems: Problems,
): ExternalTenant {
  closed(fields, key, ["name", "tenantId", "targets"], problems);
  return {
    name: name(fields, key, problems),
    tenantId: guid(fields["tenantId"], `${key}.tenantId`, problems),
    targets: targets.map((target, index) =>
      externalTarget(target, `${key}.targets[${index}]`, problems),
    ),
  };
}

function externalTarget(fields: Fields, key: string, problems: Problems): ExternalTarget {
  closed(fields, key, ["name", "blobEndpoint", "container"], problems);
  const { blobEndpoint, container } = fields;
  if (typeof blobEndpoint !== "string" || blobEndpoint === "") {
    const advice = "must be the address of the account's blob service";
    problems.add(`${key}.blobEndpoint`, blobEndpoint, advice);
  }
  if (typeof container !== "string" || !CONTAINER.test(container)) {
    const advice = "must be a container's name: 3 to 63 of a-z, 0-9 and -";
    problems.add(`${key}.container`, container, advice);
  }
  return {
    name: name(fields, key, problems),
    // Judged where the cloud's storage suffix is known.
    blobEndpoint: typeof blobEndpoint === "string" ? blobEndpoint.replace(/(?<=.)\/$/, "") : "",
    container: typeof container === "string" ? container : "",
  };
}

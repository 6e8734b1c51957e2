import { BlockList, isIP } from "node:net";
import { type JsonObject, objectListField, stringField } from "../../base/json.ts";
import { NotEmulated } from "../../base/not-emulated.ts";

/** A rule's address that is none. */
export class InvalidAddressRange extends Error {
  readonly range: string;

  constructor(range: string) {
    super(`access restriction address "${range}" is not an address range such as 203.0.113.0/24`);
    this.name = "InvalidAddressRange";
    this.range = range;
  }
}

/**
 * Reads a site's access restrictions into the decision for one client address: the rule of the lowest priority number
 * that matches decides, then the default action; without one, having any rule means that the rest is denied
 * (https://learn.microsoft.com/azure/app-service/overview-access-restrictions). Throws InvalidAddressRange and, for rules
 * like service tags and virtual networks, NotEmulated.
 */
export function accessRestrictions(siteConfig: JsonObject): (clientAddress: string) => boolean {
  const given = objectListField(siteConfig, "ipSecurityRestrictions") ?? [];
  const rules = given
    .filter((rule) => !isOpenToAll(rule))
    .map(readRule)
    .sort((a, b) => a.priority - b.priority);
  const defaultAction =
    stringField(siteConfig, "ipSecurityRestrictionsDefaultAction") ??
    (rules.length > 0 ? "Deny" : "Allow");
  return (clientAddress) => {
    const family = isIP(clientAddress) === 6 ? "ipv6" : "ipv4";
    const rule = rules.find(({ addresses }) => addresses.check(clientAddress, family));
    return (rule?.action ?? defaultAction).toLowerCase() === "allow";
  };
}

/**
 * The rule that Azure shows of a site without rules. Sent with others, as clients do that add one to what they have read, it
 * gives way to "Deny all" (recorded: webapp-access-restriction-add).
 */
export function isOpenToAll({ ipAddress, action, priority }: JsonObject): boolean {
  return ipAddress === "Any" && priority === 2147483647 && (action ?? "Allow") === "Allow";
}

/** The same for the SCM site, which has rules and a default of its own unless it is told to use the main site's. */
export function scmAccessRestrictions(siteConfig: JsonObject): (clientAddress: string) => boolean {
  if (siteConfig["scmIpSecurityRestrictionsUseMain"] === true)
    return accessRestrictions(siteConfig);
  return accessRestrictions({
    ipSecurityRestrictions: siteConfig["scmIpSecurityRestrictions"],
    ipSecurityRestrictionsDefaultAction: siteConfig["scmIpSecurityRestrictionsDefaultAction"],
  });
}

interface Rule {
  readonly priority: number;
  readonly action: string;
  readonly addresses: BlockList;
}

function readRule(rule: JsonObject): Rule {
  const tag = stringField(rule, "tag") ?? "Default";
  const ipAddress = stringField(rule, "ipAddress");
  const name = stringField(rule, "name") ?? "";
  if (tag !== "Default" || ipAddress === undefined || rule["headers"])
    throw new NotEmulated(`access restriction "${name}" is not emulated, only address ranges are`);
  const addresses = new BlockList();
  for (const range of ipAddress === "Any" ? ["0.0.0.0/0", "::/0"] : ipAddress.split(","))
    addRange(addresses, range.trim());
  const priority = typeof rule["priority"] === "number" ? rule["priority"] : 65_000;
  return { priority, action: stringField(rule, "action") ?? "Allow", addresses };
}

function addRange(addresses: BlockList, range: string): void {
  const [network = "", prefix, ...rest] = range.split("/");
  const version = isIP(network);
  const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix);
  if (version === 0 || rest.length > 0 || !(bits >= 0 && bits <= (version === 6 ? 128 : 32)))
    throw new InvalidAddressRange(range);
  addresses.addSubnet(network, bits, version === 6 ? "ipv6" : "ipv4");
}

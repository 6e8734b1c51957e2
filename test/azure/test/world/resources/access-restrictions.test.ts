import { describe, expect, it } from "vitest";
import { accessRestrictions } from "../../../src/world/resources/access-restrictions.ts";

// Document: "Azure App Service access restrictions".

const rule = (priority: number, action: string, ipAddress: string) => ({
  priority,
  action,
  ipAddress,
});

describe("access restrictions", () => {
  it.each([
    ["no rule", {}, true],
    ["no rule and default Deny", { ipSecurityRestrictionsDefaultAction: "Deny" }, false],
    ["an allowed range", { ipSecurityRestrictions: [rule(1, "Allow", "127.0.0.0/8")] }, true],
    ["another allowed range", { ipSecurityRestrictions: [rule(1, "Allow", "10.0.0.0/8")] }, false],
    [
      "one of two ranges",
      { ipSecurityRestrictions: [rule(1, "Allow", "10.0.0.0/8,127.0.0.1")] },
      true,
    ],
    [
      "a denied range",
      {
        ipSecurityRestrictions: [rule(1, "Deny", "127.0.0.1/32")],
        ipSecurityRestrictionsDefaultAction: "Allow",
      },
      false,
    ],
    ["Any", { ipSecurityRestrictions: [rule(1, "Allow", "Any")] }, true],
    ["an IPv6 range", { ipSecurityRestrictions: [rule(1, "Allow", "2001:db8::/32")] }, false],
    [
      "a denial of lower priority number",
      {
        ipSecurityRestrictions: [rule(2, "Allow", "127.0.0.1/32"), rule(1, "Deny", "127.0.0.1/32")],
      },
      false,
    ],
  ])("decides for 127.0.0.1 by %s", (_, siteConfig, admitted) => {
    expect(accessRestrictions(siteConfig)("127.0.0.1")).toBe(admitted);
  });

  it.each(["127.0.0.1/33", "localhost", "127.0.0.1/8/8", ""])("refuses the range '%s'", (range) => {
    const siteConfig = { ipSecurityRestrictions: [{ ...rule(1, "Allow", range), name: "a" }] };
    expect(() => accessRestrictions(siteConfig)).toThrow(
      `access restriction address "${range}" is not an address range such as 203.0.113.0/24`,
    );
  });
});

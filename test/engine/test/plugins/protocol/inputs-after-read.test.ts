import { expect, it } from "vitest";
import { inputsAfterRead } from "../../../src/plugins/protocol/inputs-after-read.ts";

it("keeps an input that Azure writes in its own way", () => {
  const state = { location: "West Europe" };
  expect(inputsAfterRead({ location: "westeurope" }, state, state)).toEqual({
    location: "westeurope",
  });
});

it("keeps an input that Azure never returns", () => {
  const inputs = { siteConfig: { appSettings: [{ name: "A", value: "1" }], alwaysOn: true } };
  const state = { siteConfig: { alwaysOn: true } };
  expect(inputsAfterRead(inputs, state, state)).toEqual(inputs);
});

it("takes over what was changed behind the stack's back", () => {
  const inputs = { sku: { name: "B1" }, minimumTlsVersion: "TLS1_2" };
  const before = { sku: { name: "B1", tier: "Basic" }, minimumTlsVersion: "TLS1_2" };
  const now = { sku: { name: "B1", tier: "Basic" }, minimumTlsVersion: "TLS1_0" };
  expect(inputsAfterRead(inputs, before, now)).toEqual({
    sku: { name: "B1" },
    minimumTlsVersion: "TLS1_0",
  });
});

it("forgets an input that was removed behind the stack's back", () => {
  expect(inputsAfterRead({ description: "a" }, { description: "a" }, {})).toEqual({});
});

it("does not take over what the program never named", () => {
  expect(inputsAfterRead({ a: 1 }, { a: 1 }, { a: 1, b: 2 })).toEqual({ a: 1 });
});

it("turns the map of assigned identities back into the list of their ids", () => {
  const inputs = { identity: { userAssignedIdentities: ["/one"] } };
  const before = { identity: { userAssignedIdentities: { "/one": {} } } };
  const now = { identity: { userAssignedIdentities: { "/other": { clientId: "c" } } } };
  expect(inputsAfterRead(inputs, before, now)).toEqual({
    identity: { userAssignedIdentities: ["/other"] },
  });
});

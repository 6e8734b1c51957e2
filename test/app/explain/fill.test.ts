import { expect, test } from "vitest";
import { fill } from "../../../app/explain/fill.ts";

test("puts each value in the place of its name, as often as it is named", () => {
  const values = { tenant: "contoso", lookUp: "" };
  expect(fill('"{tenant}" is {tenant}; {lookUp}ask', values)).toBe('"contoso" is contoso; ask');
});

test("refuses a text that names a value which there is not", () => {
  expect(() => fill("tenant {tenantID}", { tenant: "contoso", tenantId: "1" })).toThrow(
    "no value for {tenantID}; there are tenant, tenantId",
  );
});

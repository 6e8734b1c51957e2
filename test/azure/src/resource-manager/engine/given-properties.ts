import { isJsonObject, type JsonObject, objectField } from "../../base/json.ts";

/**
 * `properties` of a body without what is null in it, at any depth: to Azure's providers that was not given. Clients send back
 * what a GET answered, whose nulls stand for what it does not tell, such as a site's application settings.
 */
export function givenProperties(body: JsonObject): JsonObject {
  return withoutNulls(objectField(body, "properties"));
}

function withoutNulls(object: JsonObject): JsonObject {
  const given = Object.entries(object).filter(([, value]) => value !== null);
  return Object.fromEntries(
    given.map(([name, value]) => [name, isJsonObject(value) ? withoutNulls(value) : value]),
  );
}

import { isJsonObject, type JsonObject } from "../../src/base/json.ts";
import type { Contract } from "./judge-answer.ts";

/** Whether a body is a JSON object that is as told, or there is none, as for HEAD. */
export function isJsonWhere(is: (body: JsonObject) => boolean): Contract["isError"] {
  return ({ body }) => {
    if (body === "") return true;
    try {
      const parsed: unknown = JSON.parse(body);
      return isJsonObject(parsed) && is(parsed);
    } catch {
      return false;
    }
  };
}

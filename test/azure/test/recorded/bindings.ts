import { isJsonObject, type JsonObject } from "../../src/base/json.ts";

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What this Azure calls the things that Azure called otherwise: ids that a service made up, addresses of operations. Learned
 * from answers that name the same thing, and put into every later request.
 */
export class Bindings {
  readonly #here = new Map<string, string>();

  constructor(known: Readonly<Record<string, string>>) {
    for (const [recorded, here] of Object.entries(known)) this.bind(recorded, here);
  }

  bind(recorded: string, here: string): void {
    this.#here.set(recorded.toLowerCase(), here);
  }

  /** The address under which an operation is followed here, undefined for one that nothing began. */
  operation(url: string): string | undefined {
    return this.#here.get(url.toLowerCase());
  }

  /** A recorded text in the words of this Azure. */
  toHere(text: string): string {
    return text.replaceAll(
      /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi,
      (id) => this.#here.get(id.toLowerCase()) ?? id,
    );
  }

  /** The same for every text in a JSON value. */
  valueToHere<T>(value: T): T {
    return JSON.parse(this.toHere(JSON.stringify(value))) as T;
  }

  /** Takes over the ids of an answer that stand where the recorded one has others. */
  learn(recorded: unknown, here: unknown): void {
    if (typeof recorded === "string" && typeof here === "string") {
      if (guid.test(recorded) && guid.test(here) && !this.#here.has(recorded.toLowerCase()))
        this.bind(recorded, here);
    } else if (Array.isArray(recorded) && Array.isArray(here)) {
      if (recorded.length === here.length)
        recorded.forEach((each, index) => this.learn(each, here[index]));
    } else if (isJsonObject(recorded) && isJsonObject(here)) {
      for (const [name, value] of Object.entries(recorded)) this.learn(value, here[name]);
    }
  }
}

/** Whether a value is an object with this field, as a list has `value`. */
export function hasField(value: unknown, name: string): value is JsonObject {
  return isJsonObject(value) && value[name] !== undefined;
}

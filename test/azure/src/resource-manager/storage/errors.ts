import { ManagementError } from "../engine/errors.ts";

/** Azure Storage's refusal of a property's value that does not exist; the address in its text is unverified. */
export function notAllowed(name: string, value: unknown): ManagementError {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return new ManagementError(
    400,
    "InvalidRequestPropertyValue",
    `The value '${shown}' is not allowed for property ${name}. For more information, see - https://aka.ms/storageaccountproperties`,
  );
}

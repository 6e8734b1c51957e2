import { stringField } from "../../base/json.ts";
import type { State } from "../../world/state.ts";
import { ManagementError } from "../engine/errors.ts";
import type { Operation } from "../engine/operation.ts";
import { webError } from "./errors.ts";

const type = "Microsoft.Web/sites";

/**
 * Checks a name beforehand (https://learn.microsoft.com/rest/api/appservice/check-name-availability). The texts are
 * unverified.
 */
export const checkSiteNameAvailability: Operation = {
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.Web/checkNameAvailability",
  action: "Microsoft.Web/checknameavailability/read",
  missing: "names of anything but sites",
  handle: ({ azure, body }) => {
    const [name, of] = [stringField(body, "name") ?? "", stringField(body, "type") ?? ""];
    if (!/^(?:site|microsoft\.web\/sites)$/i.test(of))
      throw new ManagementError(
        501,
        "NotImplemented",
        `checking names of type '${of}' is not emulated, only of Site and Microsoft.Web/sites`,
      );
    if (!isSiteName(name)) return unavailable("Invalid", invalidName.replace("{0}", name));
    if (!isTaken(azure.state, name, ""))
      return Response.json({ nameAvailable: true, reason: "", message: "" });
    return unavailable(
      "AlreadyExists",
      `Hostname '${name}' already exists. Please select a different name.`,
    );
  },
};

/**
 * Throws for a name that breaks the rules: 2 to 60 letters, digits and hyphens, none at an end
 * (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules). The text is unverified.
 */
export function requireSiteName(name: string): void {
  if (!isSiteName(name)) throw webError(400, "BadRequest", invalidName, [name]);
}

/** Throws for a name that another site, in whatever tenant, has: site names are host names. */
export function requireFreeSiteName(state: State, name: string, id: string): void {
  if (!isTaken(state, name, id)) return;
  throw webError(409, "Conflict", "Website with given name {0} already exists.", [name], "54001");
}

function isTaken({ resources }: State, name: string, id: string): boolean {
  return [...resources.values()].some(
    (resource) =>
      resource.type === type &&
      resource.name.toLowerCase() === name.toLowerCase() &&
      resource.id.toLowerCase() !== id.toLowerCase(),
  );
}

function isSiteName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])$/i.test(name);
}

const invalidName =
  "The parameter name has an invalid value: '{0}'. A site's name has 2 to 60 letters, digits and hyphens, and no hyphen at an end.";

function unavailable(reason: string, message: string): Response {
  return Response.json({ nameAvailable: false, reason, message });
}

import { ManagementError } from "../engine/errors.ts";

/**
 * A refusal of App Service in its own shape, which has no `error` around it, as observed in many issues
 * (hashicorp/terraform-provider-azurerm issue 13377, dotnet/sign issue 392). `template` has `{0}` and so on for `parameters`;
 * `extendedCode` is left out where it is not known.
 */
export function webError(
  status: number,
  code: string,
  template: string,
  parameters: readonly string[] = [],
  extendedCode?: string,
): ManagementError {
  const message = template.replaceAll(
    /\{(\d)\}/g,
    (_, index: string) => parameters[Number(index)] ?? "",
  );
  const entity = {
    ...(extendedCode === undefined ? {} : { ExtendedCode: extendedCode }),
    MessageTemplate: template,
    Parameters: parameters,
    Code: code,
    Message: message,
  };
  const body = {
    Code: code,
    Message: message,
    Target: null,
    Details: [{ Message: message }, { Code: code }, { ErrorEntity: entity }],
    Innererror: null,
  };
  return new ManagementError(status, code, message, {}, body);
}

/**
 * BadRequest for a parameter's value, in words observed for `sku` and `SKU.Name` (MicrosoftDocs/azure-docs issue 37423,
 * hashicorp/terraform-provider-azurerm issue 25205); that other parameters are refused in the same ones is unverified.
 */
export function invalidParameter(name: string): ManagementError {
  return webError(400, "BadRequest", "The parameter {0} has an invalid value.", [name]);
}

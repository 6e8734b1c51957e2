/** Terraform, or a program that takes its commands and configurations. */
export interface Tool {
  /** As the table names it. */
  readonly name: string;
  readonly version: string;
  readonly command: string;
  /** What to install when the command does not start, and what for. */
  readonly needed: string;
  /** How its `azurerm` backend signs in: the one way that its makers left open for a cloud of one's own. */
  readonly stateSignIn: "oidc" | "managed identity";
}

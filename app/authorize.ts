import type { Target } from "./target.ts";

/** Who asks. Until the site has a sign-in, nobody tells. */
export interface Caller {
  readonly kind: "anonymous";
}

/**
 * Decides whether `caller` may use `target`; stands before every data route. Today it admits
 * everybody who reaches the site, and those are whoever the site's access restrictions admit
 * (`allowedClientAddresses`, by default nobody). With a sign-in the decision is made here.
 */
export function authorize(caller: Caller, _target: Target): void {
  switch (caller.kind) {
    case "anonymous":
      return;
  }
}

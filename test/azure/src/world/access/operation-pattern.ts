/**
 * Whether a role's entry stands for an operation. `*` stands for any characters, slashes included; case never matters. Between
 * slashes it stands for no segment at all too: Managed Identity Operator may `userAssignedIdentities/assign/action`, which its
 * role lists with a `*` before `assign`.
 */
export function matchesOperation(pattern: string, operation: string): boolean {
  // Stars that follow one another stand for what one does, and would take a regular expression hours to tell apart.
  const source = pattern
    .replace(/\*+/g, "*")
    .split(/(\/\*\/|\*)/)
    .map((part) => {
      if (part === "*") return ".*";
      if (part === "/*/") return "/(?:.*/)?";
      return part.replace(/[.\\+?^${}()|[\]]/g, String.raw`\$&`);
    });
  return new RegExp(`^${source.join("")}$`, "i").test(operation);
}

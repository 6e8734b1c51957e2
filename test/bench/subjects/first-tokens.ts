import { storageScope, tenantIdOf } from "../ids.ts";
import { credentialsOf, ownSide } from "../side.ts";
import { tell } from "../tell.ts";

// SIDE TENANTS CALLERS: so many callers at once in each of so many tenants, all of them cold.
const [tenants = 0, callers = 0] = process.argv.slice(3).map(Number);
const credentialOf = credentialsOf(ownSide(), process.env["AUTHORITY_HOST"] ?? "");
const first = Array.from({ length: tenants }, (_, index) => credentialOf(tenantIdOf(index)));
await Promise.all(
  first.flatMap((credential) =>
    Array.from({ length: callers }, () => credential.getToken(storageScope)),
  ),
);
tell({});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { storageScope, tenantIdOf } from "../ids.ts";
import { shiftDate } from "../shift-date.ts";
import { credentialsOf, ownSide } from "../side.ts";

// SIDE [AGE]: a minimal server that needs a token for each request. The first token was obtained AGE
// milliseconds ago by this process's clock, without any wait for them to pass.
const credential = credentialsOf(ownSide(), process.env["AUTHORITY_HOST"] ?? "")(tenantIdOf(1));
const age = Number(process.argv[3] ?? 0);
await credential.getToken(storageScope);
if (age > 0) shiftDate(age);

const server = createServer((_request, response) => {
  credential.getToken(storageScope).then(
    (token) => response.end(String(token?.token.length)),
    () => response.writeHead(503).end("no token"),
  );
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
});
process.once("disconnect", () => process.exit());

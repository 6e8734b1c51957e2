import { afterAll } from "vitest";
import type { BearerRefusal } from "../../../src/world/tokens/bearer.ts";
import { goodToken } from "../../bad-tokens/good-token.ts";
import { type Refused, refusesBadTokens } from "../../bad-tokens/refuse-bad-tokens.ts";
import { StorageWorld } from "../storage-world.ts";

// In a process test because Azurite, a server, keeps the blobs whose change is looked for.

const notGiven =
  "Authentication information is not given in the correct format. Check the value of Authorization header.";
const refer =
  "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.";

const details: Record<Exclude<BearerRefusal, "missing" | "scheme" | "no-token">, string> = {
  malformed: "Authentication scheme Bearer is not supported.",
  principal: "Authentication scheme Bearer is not supported.",
  signature: "Signature validation failed. Signature verification failed.",
  issuer: "Issuer validation failed. Issuer did not match.",
  audience: "Audience validation failed. Audience did not match.",
  early: "Lifetime validation failed. The token is not yet valid.",
  expired: "Lifetime validation failed. The token is expired.",
};

let world: StorageWorld;
afterAll(() => world.close());

refusesBadTokens("Blob storage, Authorize with Microsoft Entra ID", async () => {
  world = await StorageWorld.start();
  const { tenants, account } = world;
  const bearer = await tenants.bearer(world.principalWith("Storage Blob Data Owner"), "storage");
  await world.send("PUT", "/invoices/a", { authorization: bearer, body: "first" });
  const challenge = `Bearer authorization_uri=https://localhost:9001/${account.tenantId}/oauth2/authorize resource_id=https://storage.azure.com`;
  const refusal = (refused: Refused) => answerTo(refused, challenge);
  const origin = `https://${account.name}.blob.localhost:9004`;
  const request = (method: string, path: string, accepted: number, options: Sent = {}) => ({
    accepted,
    send: (authorization: string | undefined) =>
      world.send(method, path, {
        ...options,
        authorization: "",
        headers: { ...options.headers, ...(authorization !== undefined && { authorization }) },
      }),
  });
  return {
    good: goodToken(tenants.azure, bearer.slice("Bearer ".length)),
    requests: {
      read: request("GET", "/invoices/a", 200),
      "read its properties": {
        ...request("HEAD", "/invoices/a", 200),
        refusal: (refused) => ({ ...refusal(refused), message: undefined, detail: undefined }),
      },
      "read at the account's host": request("GET", "/invoices/a", 200, { origin }),
      list: request("GET", "/invoices?restype=container&comp=list", 200),
      "list containers": request("GET", "/?comp=list", 200),
      write: request("PUT", "/invoices/a", 201, { body: "second" }),
      "write at the account's host": request("PUT", "/invoices/a", 201, { origin, body: "third" }),
      delete: request("DELETE", "/invoices/none", 404),
      "user delegation key": request("POST", "/?restype=service&comp=userdelegationkey", 200, {
        body: keyInfo(),
      }),
      batch: request("POST", "/?comp=batch", 400, { body: "--x--" }),
      "subrequest of a batch": {
        accepted: 200,
        send: (authorization) => sendInBatch(bearer, authorization),
      },
      "source of a copy": {
        accepted: 202,
        send: (authorization) => copy(bearer, authorization),
        refusal: (refused) => inCopy(refusal(refused)),
      },
    },
    read: readXml,
    refusal,
    state: async () =>
      (
        await world.send("GET", "/invoices?restype=container&comp=list", { authorization: bearer })
      ).text(),
    logged: tenants.logged,
  };
});

interface Sent {
  readonly origin?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly detail: string | undefined;
  readonly challenge: string | null;
}

function answerTo({ reason }: Refused, challenge: string): Refusal {
  switch (reason) {
    case "missing":
      return {
        status: 401,
        code: "NoAuthenticationInformation",
        message: refer,
        detail: undefined,
        challenge,
      };
    case "scheme":
    case "no-token":
      return {
        status: 400,
        code: "InvalidAuthenticationInfo",
        message: notGiven,
        detail: undefined,
        challenge: null,
      };
    default:
      return {
        status: 401,
        code: "InvalidAuthenticationInfo",
        message: refer,
        detail: details[reason],
        challenge,
      };
  }
}

/** A copy's refusal repeats the source's status and message, under a code of its own. */
function inCopy(source: Refusal): Refusal {
  return { ...source, code: "CannotVerifyCopySource", detail: undefined, challenge: null };
}

async function readXml(response: Response): Promise<object> {
  const xml = await response.text();
  const element = (name: string) => new RegExp(`<${name}>([^<\\n]*)`).exec(xml)?.[1];
  return {
    status: response.status,
    code: response.headers.get("x-ms-error-code"),
    message: element("Message"),
    detail: element("AuthenticationErrorDetail"),
    challenge: response.headers.get("www-authenticate"),
  };
}

function keyInfo(): string {
  const expiry = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
  return `<KeyInfo><Expiry>${expiry}</Expiry></KeyInfo>`;
}

/** Copies a blob with a good token, and its source with another; none is sent as an empty one, which is another than the good. */
async function copy(bearer: string, source = ""): Promise<Response> {
  const blob = `https://localhost:9004/${world.account.name}/invoices`;
  const headers = {
    authorization: bearer,
    "x-ms-version": "2026-10-06",
    "x-ms-requires-sync": "true",
    "x-ms-copy-source": `${blob}/a`,
    "x-ms-copy-source-authorization": source,
  };
  return world.fetch(new Request(`${blob}/copy`, { method: "PUT", headers }));
}

/** Changes the tier of a blob in a batch, whose own token is good; answers as if the change had come by itself. */
async function sendInBatch(bearer: string, authorization: string | undefined): Promise<Response> {
  const lines = [
    "--batch",
    "Content-Type: application/http",
    "Content-ID: 0",
    "",
    `PUT /${world.account.name}/invoices/a?comp=tier HTTP/1.1`,
    "x-ms-access-tier: Cool",
    ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
    "",
    "--batch--",
    "",
  ];
  const outer = await world.send("POST", "/?comp=batch", {
    authorization: bearer,
    headers: { "content-type": "multipart/mixed; boundary=batch" },
    body: lines.join("\r\n"),
  });
  const [, status = "", rest = ""] =
    /HTTP\/1\.1 (\d+) [^\r]*\r\n(.*)/s.exec(await outer.text()) ?? [];
  const [head = "", body = ""] = rest.split("\r\n\r\n");
  const headers = head.split("\r\n").map((line): [string, string] => {
    const [name = "", ...value] = line.split(": ");
    return [name, value.join(": ")];
  });
  return new Response(body, { status: Number(status), headers });
}

import { createServer } from "node:http";

// Published to the site in place of its own code, to do what that never does: to use the system-assigned identity, and
// to take one tenant's token to another tenant's storage. It knows what App Service tells the site and no more.
createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/healthz") response.end("ok");
  else
    probe(searchParams).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
}).listen(process.env["PORT"]);

/** Exchanges the identity's token at `tenant`, then reads `url` with the result; answers the last answer it got. */
async function probe(query: URLSearchParams) {
  const assertion = await identityToken(query.get("identity"));
  const exchanged = await exchange(query.get("tenant") ?? "", assertion);
  const { access_token: token } = exchanged.body;
  if (typeof token !== "string") return exchanged;
  const response = await fetch(query.get("url") ?? "", {
    headers: { authorization: `Bearer ${token}`, "x-ms-version": "2025-11-05" },
  });
  const challenge = response.headers.get("www-authenticate");
  return { status: response.status, challenge, body: await response.text() };
}

// https://learn.microsoft.com/azure/app-service/overview-managed-identity, REST endpoint reference: the system-assigned
// identity's token, unless a client id names another.
async function identityToken(clientId: string | null): Promise<string> {
  const url = new URL(process.env["IDENTITY_ENDPOINT"] ?? "");
  url.searchParams.set("api-version", "2019-08-01");
  url.searchParams.set("resource", process.env["EXCHANGE_AUDIENCE"] ?? "");
  if (clientId !== null) url.searchParams.set("client_id", clientId);
  const headers = { "x-identity-header": process.env["IDENTITY_HEADER"] ?? "" };
  const response = await fetch(url, { headers });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`no identity token: ${response.status}`);
  return access_token;
}

async function exchange(tenantId: string, assertion: string) {
  const url = `${process.env["AUTHORITY_HOST"]}/${tenantId}/oauth2/v2.0/token`;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: process.env["APPLICATION_CLIENT_ID"] ?? "",
    scope: "https://storage.azure.com/.default",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });
  const response = await fetch(url, { method: "POST", body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const page = [
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">',
  "<HTML><HEAD><TITLE>Length Required</TITLE>",
  '<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>',
  "<BODY><h2>Length Required</h2>",
  "<hr><p>HTTP Error 411. The request must be chunked or have a content length.</p>",
  "</BODY></HTML>",
  "",
].join("\r\n");

/**
 * What Windows' HTTP service answers in Azure's place to a PUT or a POST that does not say whether it has a body, as
 * `curl -X PUT` sends it; undefined for any other request. Observed (github.com/apache/opendal, issue 1999).
 */
export function refuseWithoutLength({ method, headers }: Request): Response | undefined {
  if (method !== "PUT" && method !== "POST") return undefined;
  if (headers.has("content-length") || headers.has("transfer-encoding")) return undefined;
  return new Response(page, {
    status: 411,
    headers: {
      "content-type": "text/html; charset=us-ascii",
      server: "Microsoft-HTTPAPI/2.0",
      connection: "close",
    },
  });
}

/** An HTML page as App Service's front ends answer instead of the site. */
export function errorPage(
  status: number,
  title: string,
  text: string,
  headers: Record<string, string> = {},
): Response {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
  return new Response(body, { status, headers: { "content-type": "text/html", ...headers } });
}

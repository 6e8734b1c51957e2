// The least that answers a health check.
const server = require("node:http").createServer((_request, response) => {
  response.end('{"status":"ok"}');
});
server.listen(0, "127.0.0.1", () => {
  const record = { event: "listening", port: server.address().port };
  process.stdout.write(`${JSON.stringify(record)}\n`);
});

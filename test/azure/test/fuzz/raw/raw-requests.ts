/** What comes over a connection that speaks TLS, and whether the sender ends its side after it. */
export interface RawRequest {
  readonly bytes: string;
  readonly ends?: true;
}

const fields = "Host: localhost\r\nConnection: close\r\n";
const get = (target: string, more = "") => `GET ${target} HTTP/1.1\r\n${fields}${more}\r\n`;
const post = (more: string, body = "") => `POST /x HTTP/1.1\r\n${fields}${more}\r\n${body}`;

/** Requests that are none, or end in the middle, or are two at once (RFC 9112), by what is wrong with them. */
export const rawRequests: Readonly<Record<string, RawRequest>> = {
  "no host": { bytes: "GET / HTTP/1.1\r\n\r\n" },
  "two hosts": { bytes: get("/", "Host: other\r\n") },
  "HTTP/1.0 without a host": { bytes: "GET / HTTP/1.0\r\n\r\n" },
  "HTTP/0.9": { bytes: "GET /\r\n" },
  "HTTP/9.9": { bytes: "GET / HTTP/9.9\r\nHost: x\r\n\r\n" },
  "the preface of HTTP/2": { bytes: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
  "an absolute target": { bytes: get("https://localhost/") },
  "an absolute target that is none": { bytes: get("https://[::1/") },
  "another scheme": { bytes: get("ftp://localhost/") },
  "an asterisk": { bytes: get("*").replace("GET", "OPTIONS") },
  "an authority": { bytes: get("x:443").replace("GET", "CONNECT") },
  "a method that is none": { bytes: get("/").replace("GET", "G\0T") },
  "an unknown method": { bytes: get("/").replace("GET", "BREW") },
  "a space in the target": { bytes: get("/a b") },
  "bytes that are no ASCII in the target": { bytes: get("/\xff\xfe") },
  "two lengths": { bytes: post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab") },
  "a negative length": { bytes: post("Content-Length: -1\r\n") },
  "a length beyond all numbers": { bytes: post(`Content-Length: ${"9".repeat(40)}\r\n`) },
  "a length and an encoding": {
    bytes: post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
  },
  "an unknown encoding": { bytes: post("Transfer-Encoding: gzip, x\r\n", "ab") },
  "a chunk of no size": { bytes: post("Transfer-Encoding: chunked\r\n", "zz\r\nab\r\n") },
  "a chunk beyond all sizes": {
    bytes: post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\n"),
  },
  "half a body": { bytes: post("Content-Length: 10\r\n", "half") },
  "half a body and an end": { bytes: post("Content-Length: 10\r\n", "half"), ends: true },
  "half a chunk and an end": {
    bytes: post("Transfer-Encoding: chunked\r\n", "5\r\nab"),
    ends: true,
  },
  "half a head": { bytes: "GET / HTTP/1.1\r\nHost: loc" },
  "half a head and an end": { bytes: "GET / HTTP/1.1\r\nHost: loc", ends: true },
  "a megabyte of one header": { bytes: get("/", `X: ${"a".repeat(1_000_000)}\r\n`) },
  "twenty thousand headers": { bytes: get("/", "a: b\r\n".repeat(20_000)) },
  "a folded header": { bytes: get("/", "X: a\r\n b\r\n") },
  "a header without a name": { bytes: get("/", ": a\r\n") },
  "a NUL in a header": { bytes: get("/", "X: a\0b\r\n") },
  "lines without carriage return": { bytes: get("/").replaceAll("\r", "") },
  "an upgrade": { bytes: get("/", "Upgrade: websocket\r\nConnection: upgrade\r\n") },
  "an expectation": { bytes: post("Expect: 100-continue\r\nContent-Length: 1\r\n") },
  "an unknown expectation": { bytes: post("Expect: 200-ok\r\nContent-Length: 0\r\n") },
  "fifty requests at once": {
    bytes: get("/").replace("Connection: close\r\n", "").repeat(50) + get("/"),
  },
  nothing: { bytes: "", ends: true },
};

import { fuzzTenants } from "../fuzz-seed.ts";

/** Account and container that stay, and the blobs that `renew` makes again. */
export const account = "fuzzkept";
export const container = "blobs";
export const blobs = ["block", "append", "page", "a%20b"] as const;

const block = Buffer.from("0001").toString("base64");
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** What a request with a `comp` has to have: parameters, headers, and a good body. */
export interface CompParts {
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly xml?: string;
  readonly body?: string;
}

/** By the `comp` of a route's query. */
export const compParts: Readonly<Record<string, CompParts>> = {
  block: { query: { blockid: [block, "MDAwMg", "x"].map(encodeURIComponent) }, body: "x" },
  blocklist: {
    query: { blocklisttype: ["all", "committed", "uncommitted"] },
    xml: `<?xml version="1.0"?><BlockList><Latest>${block}</Latest></BlockList>`,
  },
  tags: { xml: "<Tags><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tags>" },
  blobs: {
    query: {
      where: ["a='b'", `@container='${container}' AND "a">='b'`, "a=b", "((", ""].map(
        encodeURIComponent,
      ),
    },
  },
  userdelegationkey: {
    xml: `<KeyInfo><Start>${later(0)}</Start><Expiry>${later(1)}</Expiry></KeyInfo>`,
  },
  properties: {
    xml: "<StorageServiceProperties><Logging><Version>1.0</Version><Delete>true</Delete><Read>false</Read><Write>false</Write><RetentionPolicy><Enabled>true</Enabled><Days>7</Days></RetentionPolicy></Logging><Cors/><DefaultServiceVersion>2020-10-02</DefaultServiceVersion></StorageServiceProperties>",
  },
  page: { headers: { "x-ms-page-write": "update", range: "bytes=0-511" }, body: "p".repeat(512) },
  appendblock: { body: "x" },
  tier: { headers: { "x-ms-access-tier": "Cool" } },
  lease: { headers: { "x-ms-lease-action": "acquire", "x-ms-lease-duration": "15" } },
  copy: {
    query: { copyid: [fuzzTenants.kept.tenantId] },
    headers: { "x-ms-copy-action": "abort" },
  },
  batch: { headers: { "content-type": "multipart/mixed; boundary=b" }, body: batch() },
};

function batch(): string {
  const blob = `/${account}/${container}/block`;
  return `${batchPart(0, `DELETE ${blob}?snapshot=x`)}${batchPart(1, `DELETE ${blob}x`)}--b--\r\n`;
}

function batchPart(id: number, line: string): string {
  return `--b\r\nContent-Type: application/http\r\nContent-ID: ${id}\r\n\r\n${line} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`;
}

const guid = "11111111-1111-4111-8111-111111111111";

/** Good values of the parameters that any operation may have. */
export const optionalParameters = {
  timeout: ["30", "0", "-1"],
  snapshot: ["2026-01-15T12:00:00.0000000Z"],
  prefix: ["b", "a%20", "%5C"],
  delimiter: ["%2F", "%5C", "ab"],
  marker: ["x", "Mg%3D%3D"],
  maxresults: ["1", "5000", "5001", "0"],
  include: ["metadata", "snapshots,tags,copy", "deleted", "x"],
  showonly: ["files"],
  versionid: ["2026-01-15T12:00:00.0000000Z"],
};

const date = new Date().toUTCString();
const md5 = "1B2M2Y8AsgTpgAmY7PhCfg==";

/** Good values of the headers that any operation may have; copies take their sources from the service's address. */
export const optionalHeaders: Readonly<Record<string, readonly string[]>> = {
  "x-ms-version": ["2026-10-06", "2020-10-02", "2009-09-19", "2099-01-01", ""],
  "x-ms-date": [date],
  "x-ms-blob-type": ["BlockBlob", "AppendBlob", "PageBlob"],
  "x-ms-blob-content-length": ["512", "1024", "0", "511", "-1"],
  range: ["bytes=0-1", "bytes=5-", "bytes=-1", "bytes=9-2", "bytes=0-1,3-4", "lines=1"],
  "x-ms-range": ["bytes=0-511", "bytes=0-99999999999999999999"],
  "x-ms-range-get-content-md5": ["true"],
  "x-ms-range-get-content-crc64": ["true"],
  "if-match": ["*", '"x"', "x"],
  "if-none-match": ["*", '"x"'],
  "if-modified-since": [date, "x"],
  "if-unmodified-since": [date, "Thu, 01 Jan 1970 00:00:00 GMT"],
  "x-ms-meta-a": ["b"],
  "x-ms-meta-1": ["b"],
  "x-ms-tags": ["a=b", "a=b&c=d", "=", "a"],
  "x-ms-access-tier": ["Hot", "Cool", "Archive", "P10"],
  "x-ms-lease-id": [guid],
  "x-ms-lease-action": ["acquire", "renew", "change", "release", "break"],
  "x-ms-lease-duration": ["15", "-1", "14", "61"],
  "x-ms-proposed-lease-id": [guid],
  "x-ms-lease-break-period": ["0", "60", "61"],
  "x-ms-page-write": ["update", "clear"],
  "x-ms-blob-sequence-number": ["1", "-1"],
  "x-ms-sequence-number-action": ["max", "update", "increment"],
  "x-ms-if-sequence-number-lt": ["1"],
  "x-ms-blob-condition-appendpos": ["0", "-1"],
  "x-ms-blob-condition-maxsize": ["1"],
  "x-ms-delete-snapshots": ["include", "only"],
  "x-ms-rehydrate-priority": ["High"],
  "x-ms-requires-sync": ["true"],
  "x-ms-blob-content-type": ["text/html"],
  "x-ms-blob-content-encoding": ["gzip"],
  "x-ms-blob-content-md5": [md5],
  "content-md5": [md5],
  "x-ms-content-crc64": ["AAAAAAAAAAA="],
  "content-type": ["application/xml", "text/plain", ""],
  "content-encoding": ["gzip"],
  "x-ms-client-request-id": ["x"],
  origin: ["https://example.com"],
};

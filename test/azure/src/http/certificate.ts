import "reflect-metadata";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** The local Azure's own certificate authority and the one server certificate all services share. PEM. */
export interface Certificate {
  readonly key: string;
  /** Server certificate for localhost, 127.0.0.1 and the hosts of key vaults and storage accounts. */
  readonly chain: string;
  /** The authority, for NODE_EXTRA_CA_CERTS and SSL_CERT_FILE. */
  readonly ca: string;
}

const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const LIFE_HOURS = 7 * 24;

/**
 * Makes a fresh authority and server certificate, valid for a week. The keys exist in memory only, and the
 * authority's is dropped on return, so nothing else can ever be signed with it.
 */
export async function createCertificate(): Promise<Certificate> {
  // TLS clients judge validity by the machine's clock, never by the injected one.
  const validity = {
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + LIFE_HOURS * 3_600_000),
  };
  const authorityKeys = await crypto.subtle.generateKey(EC, false, ["sign", "verify"]);
  const authority = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: "CN=Local Azure test authority",
    keys: authorityKeys,
    signingAlgorithm: EC,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  const server = await X509CertificateGenerator.create({
    ...validity,
    subject: "CN=localhost",
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: EC,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      await AuthorityKeyIdentifierExtension.create(authority),
      new SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "dns", value: "*.vault.localhost" },
        { type: "dns", value: "*.blob.localhost" },
        { type: "dns", value: "*.dfs.localhost" },
        { type: "ip", value: "127.0.0.1" },
      ]),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    key: PemConverter.encode(key, "PRIVATE KEY"),
    chain: server.toString("pem"),
    ca: authority.toString("pem"),
  };
}

/** Writes the authority (no key) to `ca.pem` in `directory`, by default a new private temporary one; returns the path. */
export async function writeCaFile(certificate: Certificate, directory?: string): Promise<string> {
  const folder = directory ?? (await mkdtemp(join(tmpdir(), "local-azure-")));
  const path = join(folder, "ca.pem");
  await writeFile(path, `${certificate.ca}\n`, { mode: 0o600 });
  return path;
}

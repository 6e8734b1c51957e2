import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Hono } from "hono";
import { createCertificate, startHttpsService, writeCaFile } from "local-azure/testing";

/** A trusted https service in place of the cloud's metadata host; answers every request with this text. */
export async function startMetadataHost(text: string) {
  const certificate = await createCertificate();
  const caFile = await writeCaFile(certificate);
  const service = await startHttpsService(
    new Hono().all("*", (c) => c.text(text)),
    certificate,
  );
  return {
    host: new URL(service.origin).host,
    /** What leads the program there. */
    env: {
      ARM_METADATA_HOSTNAME: new URL(service.origin).host,
      NODE_EXTRA_CA_CERTS: caFile,
    },
    close: async () => {
      await service.close();
      await rm(dirname(caFile), { recursive: true });
    },
  };
}

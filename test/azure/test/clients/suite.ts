import type { LocalAzure, LocalAzureOptions } from "../../src/local-azure/local-azure.ts";

/** One case of a client. */
export interface SuiteRow {
  /** Name of the package, as its registry has it. */
  readonly client: string;
  readonly version: string;
  readonly name: string;
  readonly passed: boolean;
}

/** What a suite made of all its cases. */
export interface SuiteResult {
  readonly rows: readonly SuiteRow[];
  /** Whether the runner itself was content, which it is not when it could not load a case either. */
  readonly passed: boolean;
  /** All that it printed. */
  readonly output: string;
}

/** The cases of one language, whose clients are installed. */
export interface Suite {
  readonly language: string;
  /** The addresses that its clients can parse. @default the local Azure's */
  readonly azure?: Pick<LocalAzureOptions, "blobAddresses" | "vaultAddresses">;
  /** Runs them in an environment that names a local Azure, into which it may plant more. */
  run(environment: NodeJS.ProcessEnv, azure: LocalAzure): Promise<SuiteResult>;
}

import { type Azurite, startAzurite } from "../../src/storage/azurite/azurite.ts";

let started: Promise<Azurite> | undefined;

/** The Azurite of all test files of a worker, which run one after the other and leave it empty. It ends with the worker. */
export function sharedAzurite(): Promise<Azurite> {
  return (started ??= startAzurite());
}

/** Hosts of the world whose managed identity a process can have. */
type HostName = "site" | "virtualMachine";

/** A suite's environment with the variables of one host, for languages that cannot set their own process's. */
export function playHost(environment: NodeJS.ProcessEnv, host: HostName): NodeJS.ProcessEnv {
  // What suiteEnvironment has put there.
  const world: Record<HostName, Record<string, string>> = JSON.parse(
    environment["CLIENTS_WORLD"] ?? "",
  );
  return { ...environment, ...world[host] };
}

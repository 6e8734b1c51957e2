import { parseArgs } from "node:util";
import { beliefs } from "./beliefs.ts";

const USAGE =
  "local-azure [--seed FILE] [--roles FOLDER] [--host] [--owners] [--state DIR] [--consistency-delay SECONDS] " +
  "[--azure-waits] [--beliefs] [--blob-addresses path|host] [--vault-addresses listener|host]; README.md says what each does";

/**
 * Reads the options of the command; the help instead where that is asked for. Refuses with an error whatever is no
 * option, and a value that its option does not take.
 */
export function readOptions(args: readonly string[]) {
  const values = parse(args);
  if (values.help) return { help: USAGE };
  if (values.beliefs) return { help: beliefs };
  return {
    seed: values.seed,
    roles: values.roles,
    host: values.host,
    owners: values.owners,
    azure: {
      consistencyDelaySeconds: seconds(values["consistency-delay"]),
      ...(values["azure-waits"] ? { azureWaits: true } : {}),
      blobAddresses: oneOf(["path", "host"], "blob-addresses", values["blob-addresses"]),
      vaultAddresses: oneOf(["listener", "host"], "vault-addresses", values["vault-addresses"]),
      ...(values.state === undefined ? {} : { stateFolder: values.state }),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: withNegativeNumbers(args),
      options: {
        help: { type: "boolean", default: false },
        seed: { type: "string" },
        roles: { type: "string" },
        host: { type: "boolean", default: false },
        owners: { type: "boolean", default: false },
        beliefs: { type: "boolean", default: false },
        "azure-waits": { type: "boolean", default: false },
        state: { type: "string" },
        "consistency-delay": { type: "string", default: "0" },
        "blob-addresses": { type: "string", default: "path" },
        "vault-addresses": { type: "string", default: "listener" },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Node's advice behind the first sentence is on positional arguments, which there are none of here.
    const [problem] = error.message.split(/\.\s/);
    throw new Error(`${problem}; usage: ${USAGE}`, { cause: error });
  }
}

/** Node takes `-1` for an option; joined to the one before it, it is that one's value, and refused as such. */
function withNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (/^-\d/.test(arg) && joined.length > 0) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function seconds(value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new Error(`--consistency-delay is "${value}"; give whole seconds, such as 5`);
}

function oneOf<T extends string>(allowed: readonly T[], option: string, value: string): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new Error(`--${option} is "${value}"; give ${allowed.join(" or ")}`);
}

import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

const src = join(import.meta.dirname, "../src");

/** Where the program of this repository goes: what it rests on is to be found out first. */
const ownPath = [
  /^entra\//,
  /^graph\/(?:applications|federated-credentials|service-principals|rules\/)/,
  /^resource-manager\/(?:answer-request|engine|web|storage|managed-identity|authorization|resources\/resource-groups)/,
  /^(?:app-service|storage|world)\//,
];

/** A rule that nothing is known to say but a belief: where, and what. */
interface Belief {
  readonly file: string;
  readonly text: string;
}

/** The sentences of comments that say "unverified" or "belief", those on the program's own path first. */
export async function collectBeliefs(): Promise<Belief[]> {
  const files = (await readdir(src, { recursive: true })).filter((file) => file.endsWith(".ts"));
  const found = await Promise.all(
    files
      .filter((file) => file !== join("local-azure", "beliefs.ts"))
      .toSorted()
      .map(async (file) => beliefsIn(file, await readFile(join(src, file), "utf8"))),
  );
  const isOwn = ({ file }: Belief) => ownPath.some((path) => path.test(file));
  const all = found.flat();
  return [...all.filter(isOwn), ...all.filter((belief) => !isOwn(belief))];
}

function beliefsIn(file: string, text: string): Belief[] {
  const comments = text.match(/\/\*\*[\s\S]*?\*\/|(?:^ *\/\/.*\n)+/gm) ?? [];
  return comments.flatMap((comment) => {
    const plain = comment
      .replaceAll(/^\s*(?:\/\*\*|\*\/|\*(?!\/)|\/\/)/gm, "")
      .replaceAll(/\*\//g, "")
      .replaceAll(/\s+/g, " ")
      .trim();
    const sentences = plain.split(/(?<=\.) (?=[A-Z`])/);
    return sentences
      .filter((sentence) => /\bunverified\b|\bbelief\b/.test(sentence))
      .map((sentence) => ({ file: relative(".", file), text: sentence }));
  });
}

/** The source file that the command prints them from, since a built package has no comments to read. */
export async function renderBeliefs(): Promise<string> {
  const lines = (await collectBeliefs()).map(({ file, text }) => `${file}: ${text}`);
  const escaped = lines.join("\n").replaceAll(/[\\`]|\$\{/g, String.raw`\$&`);
  return `/** Written by "npm run readme" from comments: what the local Azure does by belief, the program's own path first. */
export const beliefs = \`${escaped}\`;
`;
}

import type { MessagesBody } from './wire.ts';

interface Use {
  readonly name: string;
  readonly input: unknown;
}

/** The tools that a program brings along in the place of some of ours. */
const theirs: Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => Use>> = {
  list_files: ({ path }) => ({ name: 'Glob', input: { pattern: '**/*', ...given({ path }) } }),
  read_file: ({ path }) => ({ name: 'Read', input: { file_path: path } }),
  search: ({ text, path }) => ({ name: 'Grep', input: { pattern: text, ...given({ path }) } }),
  write_file: ({ path, content }) => ({ name: 'Write', input: { file_path: path, content } }),
};

const given = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const names = ({ tools = [] }: MessagesBody): ReadonlySet<string> =>
  new Set(tools.map(({ name }) => String(name)));

/** A use of one of our tools, by whatever tool the request offers for it. */
export function asOffered(body: MessagesBody, use: Use): Use {
  const offered = names(body);
  const { name, input } = use;
  if (offered.has(name)) return use;
  const ours = `mcp__ashlar__${name}`;
  if (offered.has(ours)) return { name: ours, input };
  return theirs[name]?.(input as Readonly<Record<string, unknown>>) ?? use;
}

/** The tool by which the request wants an answer that is data; null where it takes it as text. */
export const answerToolOf = (body: MessagesBody): string | null =>
  names(body).has('StructuredOutput') ? 'StructuredOutput' : null;

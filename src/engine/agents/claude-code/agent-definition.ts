import { open, type FileHandle } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readFlags, readText } from '../tools/text-file.ts';

/** A definition of the user's for agents of Claude Code, as far as it has a say here. */
export interface AgentDefinition {
  readonly name: string;
  /** Stands after our own words, which hold where the two contradict each other. */
  readonly prompt: string;
  /** What it leaves the agent of Claude Code's own tools; null: all that the role has. */
  readonly tools: ReadonlySet<string> | null;
}

export type LoadedDefinition =
  | { readonly ok: true; readonly definition: AgentDefinition }
  | { readonly ok: false; readonly code: string; readonly message: string };

const maxBytes = 64_000;
const maxTools = 100;

/**
 * Loads `.claude/agents/<name>.md` of the user, else of the workspace, which may be a stranger's and
 * stands in for nothing of the user's. Nothing else there is read.
 */
export async function loadDefinition(workspace: string, name: string): Promise<LoadedDefinition> {
  for (const folder of [homedir(), workspace]) {
    const path = join(folder, '.claude', 'agents', `${name}.md`);
    const handle = await open(path, readFlags).catch(() => null);
    if (handle === null) continue;
    try {
      const text = await textOf(handle);
      if (text !== null) return { ok: true, definition: parseDefinition(name, text) };
    } finally {
      await handle.close();
    }
    const message = `${path} is no definition of an agent: it has to be a file of text with at most ${maxBytes} bytes`;
    return { ok: false, code: 'bad-definition', message };
  }
  const message = `there is no definition .claude/agents/${name}.md in ${workspace} or your home: write one, or take \`definition\` out of the plan's pools`;
  return { ok: false, code: 'no-definition', message };
}

async function textOf(handle: FileHandle): Promise<string | null> {
  const stats = await handle.stat();
  return stats.isFile() && stats.size <= maxBytes ? readText(handle, stats.size) : null;
}

const frontMatter = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** Characters that nobody sees, and that say something else than what is read. */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/** Front matter is read as Claude Code's own examples write it; whatever it says beside tools is left. */
export function parseDefinition(name: string, text: string): AgentDefinition {
  const head = frontMatter.exec(text);
  const body = head === null ? text : text.slice(head[0].length);
  return { name, prompt: body.replace(hidden, '').trim(), tools: toolsIn(head?.[1] ?? '') };
}

function toolsIn(head: string): ReadonlySet<string> | null {
  const lines = head.split(/\r?\n/);
  const at = lines.findIndex((line) => /^tools[ \t]*:/.test(line));
  if (at === -1) return null;
  const said = (lines[at] ?? '').replace(/^tools[ \t]*:/, '');
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => !/^[ \t]*-[ \t]/.test(line));
  const items = said.trim() === '' ? below.slice(0, end === -1 ? below.length : end) : [said];
  const names = items
    .flatMap((item) => item.replace(/^[ \t]*-[ \t]/, '').split(','))
    .map((each) => each.replace(/[\s[\]"']/g, ''))
    .filter((each) => each !== '');
  if (names.length === 0) return null;
  return names.includes('*') ? null : new Set(names.slice(0, maxTools));
}

/** How it is put to the agent. */
export const definitionWords = ({ name, prompt }: AgentDefinition): string =>
  [
    `# What the user's definition "${name}" adds`,
    prompt,
    'Where this contradicts what stands before it, what stands before it holds. It gives you no tools.',
  ].join('\n\n');

import { realpath } from 'node:fs/promises';
import { isAbsolute, join, win32 } from 'node:path';
import { shown, type AgentFiles } from '../tools/agent-files.ts';
import { writable, type OwnedPaths } from '../tools/write-owned.ts';

type Input = Readonly<Record<string, unknown>>;

/** Whether a tool of Claude Code's may be used, and with what; or why not, in words for a model. */
export type Decision =
  { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly why: string };

export interface Confined {
  readonly files: AgentFiles;
  /** null: this agent writes nothing. */
  readonly owned: OwnedPaths | null;
  /** Of Claude Code's own tools those that this agent has. */
  readonly own: ReadonlySet<string>;
  /** Names of ours, as Claude Code calls them; each holds to its own rules. */
  readonly ours: ReadonlySet<string>;
}

/** The tool by which Claude Code takes an answer that is data. */
export const answerTool = 'StructuredOutput';

const maxChars = 400_000;

/**
 * Decides each use of a tool before it happens. Paths are resolved here, links and all, and the tool
 * gets what they lead to, so that it cannot end elsewhere: nobody else puts links into the folder.
 */
export class Confinement {
  readonly #confined: Confined;

  constructor(confined: Confined) {
    this.#confined = confined;
  }

  async decide(name: string, input: Input): Promise<Decision> {
    const { own, ours, owned } = this.#confined;
    if (ours.has(name) || name === answerTool) return { ok: true, input };
    if (!own.has(name)) return no(`You have no tool ${shown(name)}. ${this.#instead()}`);
    switch (name) {
      case 'Read':
        return this.#see(input, 'file_path', true);
      case 'Glob':
        return this.#look(input, input.pattern);
      case 'Grep':
        return this.#look(input, input.glob);
      case 'Write':
      case 'Edit':
        return owned === null ? no('You can only read.') : this.#write(owned, input);
      default:
        return no(`You have no tool ${shown(name)}. ${this.#instead()}`);
    }
  }

  #instead(): string {
    const { own, ours } = this.#confined;
    return `You have ${[...own, ...ours].join(', ')}.`;
  }

  /** `names`: a pattern of paths. */
  async #look(input: Input, names: unknown): Promise<Decision> {
    if (typeof names === 'string' && (names.includes('..') || leadsAway(names))) {
      return no(`The pattern ${shown(names)} leads out of your folder. Say with \`path\` where.`);
    }
    return this.#see(input, 'path', false);
  }

  async #see(input: Input, key: string, needed: boolean): Promise<Decision> {
    const given = input[key];
    if (given === undefined && !needed) return { ok: true, input };
    const path = await this.#own(given);
    if (typeof path !== 'string') return path;
    const seen = await this.#confined.files.find(path);
    return seen.ok ? { ok: true, input: { ...input, [key]: seen.real } } : no(seen.text);
  }

  async #write(owned: OwnedPaths, input: Input): Promise<Decision> {
    const path = await this.#own(input.file_path);
    if (typeof path !== 'string') return path;
    for (const text of [input.content, input.new_string]) {
      if (typeof text !== 'string' || text.length <= maxChars) continue;
      return no(`A file may have ${maxChars} characters, this has ${text.length}. Write several.`);
    }
    const may = await writable(owned, path);
    if (!may.ok) return no(may.text);
    const root = await realpath(owned.folder).catch(() => owned.folder);
    return { ok: true, input: { ...input, file_path: join(root, may.path) } };
  }

  /** A path as our own tools take it. */
  async #own(given: unknown): Promise<string | Extract<Decision, { ok: false }>> {
    if (typeof given !== 'string' || given === '') return no('There is no path in it.');
    if (!isAbsolute(given)) return given;
    const path = await this.#confined.files.named(given);
    return path ?? no(`${shown(given)} lies outside of your folder. It is not for you.`);
  }
}

const leadsAway = (names: string): boolean => /^[/~\\]/.test(names) || win32.isAbsolute(names);

const no = (why: string): Extract<Decision, { ok: false }> => ({ ok: false, why });

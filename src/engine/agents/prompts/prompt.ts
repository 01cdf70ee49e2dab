import { oneLine } from '../../../core/projections/safe-text.ts';
import type { PromptBlock } from '../model/chat-model.ts';
import type { ContractText, SourceText } from '../task.ts';
import { fenced } from './fence.ts';

/** A role's instructions, written for this project; a change of their words is a new version. */
export interface RolePrompt {
  /** As it is recorded: `generator.v1`. */
  readonly version: string;
  readonly text: string;
}

/** A piece of what an agent is told about its task. */
export type Part = Words | Data;

/** Ours. */
interface Words {
  readonly kind: 'words';
  readonly text: string;
}

/** What agents, checks or people wrote: never an instruction. */
interface Data {
  readonly kind: 'data';
  readonly label: string;
  readonly text: string;
}

export const words = (...lines: readonly string[]): Words => ({
  kind: 'words',
  text: lines.join('\n'),
});

/** `label` says whose it is. */
export const data = (label: string, text: string): Data => ({ kind: 'data', label, text });

/** What an agent begins with. */
export interface Prompt {
  readonly version: string;
  /** From what most agents share to what few do; a model reads all of it again from its cache. */
  readonly system: readonly PromptBlock[];
  /** The task itself, as the first message. */
  readonly opening: string;
}

export interface PromptParts {
  readonly role: RolePrompt;
  /** The same for every agent of the run. */
  readonly sources: readonly SourceText[];
  /** The same for every agent of the module; empty where the task is about none. */
  readonly contracts: readonly { readonly label: string; readonly contract: ContractText }[];
  readonly task: readonly Part[];
}

/** More of one contract is not shown; the file lies in the folder. */
const maxContractChars = 60_000;

/** Puts the parts in the order in which they are shared: by all of a role, a run, a module, by none. */
export function assemblePrompt({ role, sources, contracts, task }: PromptParts): Prompt {
  // A role's words end no prefix of their own where what is the same for the whole run follows them:
  // providers take only so many marks.
  const system: PromptBlock[] = [{ text: `${role.text.trim()}\n`, shared: sources.length === 0 }];
  if (sources.length > 0) system.push({ text: sourcesText(sources), shared: true });
  if (contracts.length > 0) {
    const text = contracts.map(({ label, contract }) => contractPart(label, contract)).join('\n\n');
    system.push({ text, shared: true });
  }
  return { version: role.version, system, opening: task.map(partText).join('\n\n') };
}

export function partText(part: Part): string {
  return part.kind === 'words' ? part.text : fenced(part.label, part.text);
}

function sourcesText(sources: readonly SourceText[]): string {
  const texts = sources.map(({ path, text, cut }) => {
    const more = cut ? '\n[the file goes on; read the rest in your folder]' : '';
    return fenced(`source of truth ${oneLine(path)}`, text + more);
  });
  return ['# Sources of truth', ...texts].join('\n\n');
}

function contractPart(label: string, { version, text }: ContractText): string {
  const kept = text.slice(0, maxContractChars);
  const more =
    text.length > kept.length ? '\n[the contract goes on; read the rest in your folder]' : '';
  return `# Contract\n\n${fenced(`${label}, version ${version}`, kept + more)}`;
}

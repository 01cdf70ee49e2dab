import { withoutControls } from '../../core/projections/safe-text.ts';
import type { Fields, Input } from './tool-input.ts';
import type { Progress, ToolWorld } from './tool-world.ts';

/**
 * Something that a model outside may do here, one implementation for all ways in: MCP, the editor's
 * language-model tools, the chat. It is not for the agents of a run, who have tools of their own.
 */
export interface Tool {
  readonly name: ToolName;
  readonly title: string;
  /** What a model is told of it. */
  readonly says: string;
  /** `look` changes nothing; `act` starts work; `decide` is a person's decision. */
  readonly kind: 'look' | 'act' | 'decide';
  readonly fields: Fields;
  call(world: ToolWorld, input: Input, progress: Progress): Promise<ToolAnswer>;
}

export type ToolName =
  | 'status'
  | 'verdicts'
  | 'why'
  | 'report'
  | 'check_plan'
  | 'plan'
  | 'run'
  | 'resume'
  | 'pr'
  | 'approve'
  | 'reject';

/** What came of a call, in words. */
export interface ToolAnswer {
  readonly ok: boolean;
  readonly text: string;
  /** The plan file that was written, from the workspace. */
  readonly plan?: string;
}

/** As much as a model should be made to read at once. */
const maxAnswerChars = 24_000;

export const told = (lines: readonly string[]): ToolAnswer => ({ ok: true, text: bounded(lines) });
export const refused = (message: string): ToolAnswer => ({ ok: false, text: bounded([message]) });

function bounded(lines: readonly string[]): string {
  const text = withoutControls(lines.join('\n'));
  if (text.length <= maxAnswerChars) return text;
  const cut = text.slice(0, maxAnswerChars).replace(/[\ud800-\udbff]$/, '');
  return `${cut}\n… cut here; it has ${text.length} characters`;
}

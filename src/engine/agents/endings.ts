import type { Amount } from '../../core/budget.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { AgentOutcome } from './outcome.ts';
import { refuse } from './tools/define-tool.ts';
import type { Unspent } from './tools/tool.ts';

// How agents of models end where they do not hand in, said once for all that make such agents.

type Ended = Unspent<AgentOutcome>;

const badAnswer = (message: string): Ended => ({
  kind: 'failed',
  ...{ code: 'bad-answer', message, retry: { kind: 'retryable', afterMs: 0 } },
});

export const tooManyRefusals = (count: number, last: string): Ended =>
  badAnswer(`${count} calls of tools in a row were refused: ${oneLine(last)}`);

/** It only talks, although it was reminded. */
export const neverHandsIn = (text: string): Ended =>
  badAnswer(`it neither works nor hands in: ${oneLine(text)}`);

/** For an agent that only talks; `tools` are those that end its work. */
export const reminder = (tools: readonly string[]): string =>
  `Nothing was handed in. Go on, or call ${tools.join(' or ')} to end your work.`;

export const willNot = (text: string): Ended => ({
  kind: 'refused',
  reason: text === '' ? 'the model will not do this task' : text,
});

export const toldToEnd = (spent: Amount): AgentOutcome => ({
  kind: 'failed',
  ...{ code: 'aborted', message: 'told to end', retry: { kind: 'terminal' }, spent },
});

export const overAlready = refuse('The work has ended already.');

/** Whoever hands in beside a write that failed does not mean what lies there. */
export const notBesideFailure = (what: string) =>
  refuse(`Not done: ${what} failed in the same turn. Look at that first.`);

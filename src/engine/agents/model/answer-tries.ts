import type { Answer } from '../answers/answer.ts';
import type { AgentOutcome } from '../outcome.ts';
import { PageLimit } from '../tools/page-limit.ts';
import type { Unspent } from '../tools/tool.ts';

/** What came of an answer: the task's outcome, or what to tell the agent so that it answers again. */
export type Taken =
  | { readonly outcome: Unspent<AgentOutcome>; readonly again: null }
  | { readonly outcome: null; readonly again: string };

/** Takes an agent's answer by data: one that is not of the shape may be mended once. */
export class AnswerTries {
  readonly #answer: Answer;
  readonly #page = new PageLimit();
  #repaired = false;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  take(text: string): Taken {
    const { spec } = this.#answer;
    const read = this.#answer.read(text);
    if (read.ok) return this.#onePage(read.outcome);
    if (this.#repaired) {
      const message = `its answer is not of the shape: ${read.faults}`;
      const retry = { kind: 'retryable', afterMs: 0 } as const;
      return { outcome: { kind: 'failed', code: 'bad-answer', message, retry }, again: null };
    }
    this.#repaired = true;
    const schema = JSON.stringify(spec.schema);
    const again = `That is no valid answer: ${read.faults}. Answer again, with nothing but JSON in the shape "${spec.name}":\n${schema}`;
    return { outcome: null, again };
  }

  #onePage(outcome: Unspent<AgentOutcome>): Taken {
    const long =
      outcome.kind === 'researched'
        ? this.#page.hold('findings', outcome.findings)
        : 'summary' in outcome
          ? this.#page.hold('summary', outcome.summary)
          : null;
    if (long === null) return { outcome, again: null };
    return { outcome: null, again: `${long} Answer again, with all of the JSON.` };
  }
}

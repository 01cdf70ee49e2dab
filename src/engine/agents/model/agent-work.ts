import { addAmounts, zeroAmount, type Amount } from '../../../core/budget.ts';
import { oneLine } from '../../../core/projections/safe-text.ts';
import type { Clock } from '../../clock.ts';
import type { AgentLink } from '../agent.ts';
import { neverHandsIn, reminder, toldToEnd, tooManyRefusals, willNot } from '../endings.ts';
import { LowWarnings } from '../low-warnings.ts';
import type { AgentOutcome } from '../outcome.ts';
import type { TranscriptPen } from '../transcript.ts';
import type { Unspent } from '../tools/tool.ts';
import { maxRefusals, streamingMs, type WorkOf } from '../work.ts';
import type { ChatModel, ModelReply, ToolUse } from './chat-model.ts';
import { AnswerTries } from './answer-tries.ts';
import { Conversation } from './conversation.ts';
import { inShort } from './in-short.ts';
import { ModelCaller } from './model-caller.ts';
import type { Seat } from './seat.ts';
import { ToolRunner } from './tool-runner.ts';

/** Replies in a row that were cut off for their length. */
const maxCut = 3;
/** Of a reply under way: enough for the line that is being written. */
const maxHeardChars = 1_000;

type Answered = Unspent<AgentOutcome>;

/**
 * One agent at one task: a model that is asked, does things by its tools, is told what came of them,
 * and is asked again, until it has answered.
 *
 *     ask ──► tools? ──yes──► run them, results go back ──► ask
 *              │ no
 *              └──► an answer? ──► read, perhaps mended once ──► over
 */
export class AgentWork {
  readonly #link: AgentLink;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #seat: Seat;
  readonly #conversation: Conversation;
  readonly #caller: ModelCaller;
  readonly #tools: ToolRunner;
  readonly #startMs: number;
  readonly #low: LowWarnings;
  #answers: AnswerTries | null = null;
  #reminded = false;
  #refusals = 0;
  #cut = 0;
  /** Its answer, by data. */
  #wasCut = false;
  #heardMs: number;
  /** The end of what the reply under way has said. */
  #heard = '';

  constructor({ provider, task, link, clock, signal }: WorkOf, seat: Seat, model: ChatModel) {
    this.#link = link;
    this.#clock = clock;
    this.#signal = signal;
    this.#startMs = clock.monotonic();
    this.#heardMs = this.#startMs;
    this.#seat = seat;
    this.#low = new LowWarnings(task.allowance, seat.answer !== null);
    const { prompt, tools, answer } = seat;
    this.#conversation = new Conversation(prompt, tools, answer?.spec ?? null);
    const as = { provider, instructions: prompt.version };
    const isLong = task.role === 'architect' && answer !== null;
    this.#caller = new ModelCaller(as, model, link, task.allowance, isLong);
    this.#tools = new ToolRunner(tools, (use) => this.#say(inShort(use)));
    const { system, opening, version } = prompt;
    this.#pen.write({ kind: 'noted', text: `${version}, ${provider}, ${model.id}` });
    const told = [...system.map(({ text }) => text), opening].join('\n\n');
    this.#pen.write({ kind: 'told', text: told });
  }

  get #pen(): TranscriptPen {
    return this.#link.transcript;
  }

  async perform(): Promise<AgentOutcome> {
    try {
      for (;;) {
        const ended = await this.#turn();
        if (ended === null) continue;
        this.#pen.write({ kind: 'noted', text: `ends: ${ended.kind}` });
        return { ...ended, spent: this.#spent };
      }
    } catch (error) {
      if (!this.#signal.aborted) throw error;
      return toldToEnd(this.#spent);
    }
  }

  get #spent(): Amount {
    const ms = Math.round(this.#clock.monotonic() - this.#startMs);
    return addAmounts(this.#caller.spent, { ...zeroAmount, ms });
  }

  async #turn(): Promise<Answered | null> {
    this.#signal.throwIfAborted();
    for (const news of (await this.#seat.news?.take()) ?? []) this.#tell(news);
    for (const warning of this.#low.due(this.#caller.spent)) this.#tell(warning);
    this.#heard = '';
    const called = await this.#caller.call(
      this.#conversation,
      (text) => this.#hear(text),
      this.#signal,
    );
    return called.kind === 'ended' ? called.outcome : this.#heed(called.reply);
  }

  #heed(reply: ModelReply): Promise<Answered | null> | Answered | null {
    const { stop, content } = reply;
    const text = textOf(reply);
    if (text !== '') this.#pen.write({ kind: 'said', text });
    if (stop === 'full') return this.#full();
    this.#conversation.replied(stop === 'length' ? withoutCutThinking(reply) : reply);
    if (stop === 'refused') return willNot(text);
    if (text !== '') this.#say(text);
    const uses = content.filter((part) => part.kind === 'tool-use');
    if (stop === 'length') return this.#cutOff(uses);
    this.#cut = 0;
    return uses.length > 0 ? this.#use(uses) : this.#answer(text);
  }

  /** Its last words are not kept: there is no room for them. */
  #full(): Answered | null {
    this.#pen.write({ kind: 'noted', text: 'the model had no room left' });
    if (this.#conversation.makeRoom(this.#conversation.chars / 2)) return null;
    return failed('context-full', 'what the task needs is more than the model can read at once');
  }

  /** What was asked for in a reply that was cut off may be cut off too: none of it is done. */
  #cutOff(uses: readonly ToolUse[]): Answered | null {
    this.#cut += 1;
    if (this.#seat.answer !== null && uses.length === 0) return this.#cutAnswer();
    if (this.#cut >= maxCut)
      return failed('bad-answer', `${maxCut} replies in a row were too long`);
    const text =
      'Not done: your reply was cut off for its length. Write large files in several steps.';
    for (const { id } of uses)
      this.#conversation.result({ kind: 'tool-result', id, ok: false, text });
    if (uses.length === 0) this.#tell('Your reply was cut off for its length. Say it shorter.');
    return null;
  }

  /** Half of an answer by data is none: it is given anew once. */
  #cutAnswer(): Answered | null {
    const at = `cut off at ${this.#caller.length} tokens`;
    if (this.#wasCut)
      return failed('bad-answer', `its answer was ${at}, and once more when it was given anew`);
    this.#wasCut = true;
    this.#tell(
      `Your answer was ${at}, so nothing of it counts. Answer again, with all of the JSON, in fewer words.`,
    );
    return null;
  }

  async #use(uses: readonly ToolUse[]): Promise<Answered | null> {
    this.#reminded = false;
    for (const { name, input } of uses) {
      this.#pen.write({ kind: 'tool-used', tool: name, input: JSON.stringify(input ?? null) });
    }
    const { results, ends } = await this.#tools.run(uses, this.#signal);
    for (const [index, { ok, text }] of results.entries()) {
      const tool = uses[index]?.name ?? '';
      this.#pen.write({ kind: 'tool-answered', tool, ok, text });
    }
    if (ends !== null) return ends;
    for (const result of results) {
      this.#conversation.result(result);
      this.#refusals = result.ok ? 0 : this.#refusals + 1;
    }
    if (this.#refusals < maxRefusals) return null;
    const last = results.findLast(({ ok }) => !ok)?.text ?? '';
    return tooManyRefusals(this.#refusals, last);
  }

  #answer(text: string): Answered | null {
    const { answer, tools } = this.#seat;
    if (answer === null) {
      if (this.#reminded) return neverHandsIn(text);
      this.#reminded = true;
      const how = tools.filter(({ effect }) => effect === 'ends').map(({ name }) => name);
      this.#tell(reminder(how));
      return null;
    }
    this.#answers ??= new AnswerTries(answer);
    const { outcome, again } = this.#answers.take(text);
    if (again !== null) this.#tell(again);
    return outcome;
  }

  /** With the next request. */
  #tell(text: string): void {
    this.#pen.write({ kind: 'told', text });
    this.#conversation.say(text);
  }

  /** Pieces come as they are made; the line that is being written says what the agent is at. */
  #hear(text: string): void {
    this.#heard = (this.#heard + text).slice(-maxHeardChars);
    const now = this.#clock.monotonic();
    if (now - this.#heardMs < streamingMs) return;
    this.#heardMs = now;
    const line = oneLine(this.#heard.trimEnd().split('\n').at(-1) ?? '');
    this.#say(line === '' ? 'writes' : line);
  }

  #say(text: string): void {
    const says = oneLine(text);
    if (says !== '') this.#link.progress({ says, fraction: null, spent: this.#spent });
  }
}

const textOf = ({ content }: ModelReply): string =>
  content
    .filter((part) => part.kind === 'said')
    .map(({ text }) => text)
    .join('\n')
    .trim();

const failed = (code: 'bad-answer' | 'context-full', message: string): Answered => ({
  kind: 'failed',
  ...{ code, message, retry: { kind: 'retryable', afterMs: 0 } },
});

/** What a reply ended with that only its provider understands may be half of something: it is not kept. */
function withoutCutThinking(reply: ModelReply): ModelReply {
  const last = reply.content.findLastIndex(({ kind }) => kind !== 'opaque');
  return { ...reply, content: reply.content.slice(0, last + 1) };
}

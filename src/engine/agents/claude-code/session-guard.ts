import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  HookCallback,
  HookInput,
  HookJSONOutput,
  Options,
} from '@anthropic-ai/claude-agent-sdk';
import { notBesideFailure, overAlready, tooManyRefusals } from '../endings.ts';
import { inShort } from '../model/in-short.ts';
import type { Tool, ToolAnswer } from '../tools/tool.ts';
import type { TranscriptPen } from '../transcript.ts';
import { maxRefusals } from '../work.ts';
import { answerTool, type Confinement } from './confinement.ts';
import type { SessionCalls } from './session-calls.ts';
import type { SessionEnd } from './session-end.ts';
import type { SessionNews } from './session-news.ts';
import type { Answered } from './take-down.ts';
import { isRecord } from '../../../core/is-record.ts';

export interface GuardOptions {
  readonly confinement: Confinement;
  readonly calls: SessionCalls;
  readonly news: SessionNews;
  readonly end: SessionEnd;
  readonly pen: TranscriptPen;
  readonly say: (text: string) => void;
  /** It ends with an answer that is data. */
  readonly answers: boolean;
  readonly stopped: AbortSignal;
  /** A hook has failed: nothing the session does from here on would be accounted for. */
  readonly onFault: (error: unknown) => void;
}

const charsPerToken = 3;
/** Of the words by which Claude Code asks for an answer that was not given. */
const wordsTokens = 200;

/**
 * Stands between Claude Code and all that it does: it is asked before each use of a tool, and before
 * each call of the model that follows on tools. Where it fails the session ends.
 */
export class SessionGuard {
  readonly #options: GuardOptions;
  #refusals = 0;
  #lastRefusal = '';
  /** Something of the reply that is being acted on was refused. */
  #failedNow = false;
  /** An answer was given that is of the shape: there is no call after it. */
  #answered = false;
  #worked = false;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** Whether a tool was used in the turn of the session that is over now. */
  turnEnds(): boolean {
    const worked = this.#worked;
    this.#worked = false;
    this.#answered = false;
    return worked;
  }

  replyBegins(): void {
    this.#failedNow = false;
  }

  answered(all: readonly Answered[]): void {
    for (const { tool, ok, text } of all) {
      this.#refusals = ok ? 0 : this.#refusals + 1;
      if (ok && tool === answerTool) this.#answered = true;
      if (ok) continue;
      this.#lastRefusal = text;
      this.#failedNow = true;
    }
  }

  /** Nobody waits for a turn longer than so many seconds. */
  hooks(timeout: number): NonNullable<Options['hooks']> {
    const hook = (decide: (given: HookInput) => Promise<HookJSONOutput>) => ({
      hooks: [this.#guarded(decide)],
      onFailure: 'block' as const,
      timeout,
    });
    return {
      PreToolUse: [hook((given) => this.#beforeTool(given))],
      PostToolBatch: [hook((given) => this.#afterTools(given))],
      ...(this.#options.answers ? { Stop: [hook(() => this.#beforeEnd())] } : {}),
    };
  }

  /** Uses a tool of ours. */
  async use(tool: Tool, input: unknown): Promise<ToolAnswer> {
    const { end, stopped, onFault } = this.#options;
    if (end.known !== null) return overAlready;
    // What came before this on the same pipe is heeded first.
    if (tool.effect === 'ends') await nextTurn();
    if (tool.effect === 'ends' && this.#failedNow) return notBesideFailure('something');
    try {
      const answered = await tool.run(input, stopped);
      if (answered.ends !== undefined) end.comes(answered.ends);
      return answered;
    } catch (error) {
      onFault(error);
      throw error;
    }
  }

  #guarded(decide: (given: HookInput) => Promise<HookJSONOutput>): HookCallback {
    return async (given) => {
      try {
        return await decide(given);
      } catch (error) {
        this.#options.onFault(error);
        return stop;
      }
    };
  }

  async #beforeTool(given: HookInput): Promise<HookJSONOutput> {
    if (given.hook_event_name !== 'PreToolUse') return {};
    const { tool_name: name, tool_input: input } = given;
    const { end, confinement, say } = this.#options;
    this.#worked = true;
    const decision =
      end.known !== null
        ? ({ ok: false, why: overAlready.text } as const)
        : await confinement.decide(name, isRecord(input) ? input : {});
    const hookEventName = 'PreToolUse';
    if (decision.ok) {
      say(inShort({ name, input }));
      const updatedInput = { ...decision.input };
      return { hookSpecificOutput: { hookEventName, permissionDecision: 'allow', updatedInput } };
    }
    const permissionDecisionReason = decision.why;
    return {
      hookSpecificOutput: { hookEventName, permissionDecision: 'deny', permissionDecisionReason },
    };
  }

  /** Before the next call of the model: whether there is to be one, and what else it is told. */
  async #afterTools(given: HookInput): Promise<HookJSONOutput> {
    if (given.hook_event_name !== 'PostToolBatch') return {};
    const { end, calls, news, pen } = this.#options;
    await nextTurn();
    if (end.comes(this.#givenUp())) return stop;
    if (this.#answered) return {};
    const said = given.tool_calls.map(({ tool_response: response }) => response ?? '');
    if (end.comes(await calls.before(JSON.stringify(said).length / charsPerToken))) return stop;
    const additionalContext = await news.take(calls.spent);
    if (additionalContext === '') return {};
    pen.write({ kind: 'told', text: additionalContext });
    return { hookSpecificOutput: { hookEventName: 'PostToolBatch', additionalContext } };
  }

  /** Without an answer it does not end: Claude Code asks for that, with one more call. */
  async #beforeEnd(): Promise<HookJSONOutput> {
    const { end, calls } = this.#options;
    await nextTurn();
    if (end.known !== null || this.#answered) return {};
    return end.comes(await calls.before(wordsTokens)) ? stop : {};
  }

  #givenUp() {
    return this.#refusals < maxRefusals ? null : tooManyRefusals(this.#refusals, this.#lastRefusal);
  }
}

const stop: HookJSONOutput = { continue: false, stopReason: 'the work has ended' };

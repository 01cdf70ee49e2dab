import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  HookCallback,
  Options,
  SDKMessage,
  SDKResultMessage,
} from '@anthropic-ai/claude-agent-sdk';
import { addAmounts, zeroAmount, type Amount } from '../../../core/budget.ts';
import { oneLine } from '../../../core/projections/safe-text.ts';
import { redact, withoutKey } from '../anthropic/redact.ts';
import { AnswerTries } from '../model/answer-tries.ts';
import { inShort } from '../model/in-short.ts';
import type { Seat } from '../model/seat.ts';
import type { AgentOutcome } from '../outcome.ts';
import { refuse } from '../tools/define-tool.ts';
import type { Tool, ToolAnswer, Unspent } from '../tools/tool.ts';
import { maxRefusals, streamingMs, type WorkOf } from '../work.ts';
import { definitionWords, type AgentDefinition } from './agent-definition.ts';
import { ClaudeHome, type ClaudeService } from './claude-home.ts';
import { ClaudeProcess } from './claude-process.ts';
import { toolName, toolServer, toolsOf, toolWords, type ClaudeTools } from './claude-tools.ts';
import { answerTool, Confinement } from './confinement.ts';
import type { Sdk } from './load-sdk.ts';
import { PromptsInbox } from './prompts-inbox.ts';
import { failed, failureOf, isUnauthorised, unauthorised } from './session-failure.ts';
import { maxOutputTokens, SessionSpending, type SessionModel } from './session-spending.ts';
import { SessionNews } from './session-news.ts';
import { takeDownAnswers, takeDownReply } from './take-down.ts';
import { totalUsage, usageOf } from './usage.ts';

/** What Claude Code puts around our prompt, and its tools. */
const ownTokens = 8_000;
const charsPerToken = 3;

type Ended = Unspent<AgentOutcome>;

export interface SessionOf extends WorkOf {
  readonly sdk: Sdk;
  /** The program that the SDK starts; null: its own. */
  readonly executable: string | null;
  readonly service: ClaudeService;
  readonly model: SessionModel;
  readonly definition: AgentDefinition | null;
}

/**
 * One agent at one task: a process of Claude Code that works in the task's folder until it has
 * handed in or answered. What it may use is decided here, each time, before it happens.
 */
export class ClaudeSession {
  readonly #of: SessionOf;
  readonly #seat: Seat;
  readonly #tools: ClaudeTools;
  readonly #confinement: Confinement;
  readonly #spending: SessionSpending;
  readonly #process: ClaudeProcess;
  readonly #news: SessionNews;
  readonly #inbox: PromptsInbox;
  readonly #answers: AnswerTries | null;
  readonly #stopped = new AbortController();
  readonly #startMs: number;
  /** How the task ends; nothing is done any more once it is known. */
  #ends: Ended | null = null;
  #reminded = false;
  #refusals = 0;
  #lastRefusal = '';
  /** Something of the reply that is being acted on was refused. */
  #failedNow = false;
  #heardMs = 0;
  #refused = false;

  constructor(of: SessionOf, seat: Seat) {
    const { provider, task, link, clock, model, definition } = of;
    this.#of = of;
    this.#seat = seat;
    this.#tools = toolsOf(seat, definition);
    this.#startMs = clock.monotonic();
    this.#confinement = new Confinement({
      files: seat.files,
      owned: seat.answer === null ? seat.owned : null,
      own: new Set(this.#tools.own),
      ours: new Set(this.#tools.ours.map(({ name }) => toolName(name))),
    });
    this.#spending = new SessionSpending(link, provider, model, task.allowance);
    this.#news = new SessionNews(seat, task.allowance);
    this.#process = new ClaudeProcess(`${task.run}/agent-${task.agent}-${task.epoch}`);
    this.#inbox = new PromptsInbox(seat.prompt.opening);
    this.#answers = seat.answer === null ? null : new AnswerTries(seat.answer);
  }

  async perform(): Promise<AgentOutcome> {
    const { link, signal } = this.#of;
    const ended = await this.#run();
    const spent = this.#spent;
    if (signal.aborted) {
      const retry = { kind: 'terminal' } as const;
      return { kind: 'failed', code: 'aborted', message: 'told to end', retry, spent };
    }
    link.transcript.write({ kind: 'noted', text: `ends: ${ended.kind}` });
    return { ...ended, spent };
  }

  async #run(): Promise<Ended> {
    const { task, signal, link, provider, model } = this.#of;
    const system = this.#system();
    const { opening, version } = this.#seat.prompt;
    link.transcript.write({ kind: 'noted', text: `${version}, ${provider}, ${model.id}` });
    link.transcript.write({ kind: 'told', text: `${system}\n\n${opening}` });
    const what = this.#spending.ask((system.length + opening.length) / charsPerToken + ownTokens);
    if (what !== null) return { kind: 'exhausted', what };
    await using home = await ClaudeHome.open();
    const end = (): void => void this.#end();
    signal.addEventListener('abort', end, { once: true });
    try {
      if (signal.aborted) return crashed('told to end');
      const env = home.environment({
        service: this.#of.service,
        effect: this.#process.effect,
        maxOutputTokens: Math.min(maxOutputTokens, model.facts.outputTokens),
        maxToolMs: Math.max(60_000, task.allowance.ms),
      });
      return await this.#follow({ ...this.#options(system), env });
    } finally {
      signal.removeEventListener('abort', end);
      await this.#end();
    }
  }

  async #follow(options: Options): Promise<Ended> {
    const messages = this.#of.sdk.query({ prompt: this.#inbox, options });
    // A session that was told to end says nothing more, not even that it has.
    const stopped = once(this.#stopped.signal);
    try {
      for (;;) {
        const next = await Promise.race([messages.next(), stopped]);
        if (next === null || next.done === true) break;
        const ended = this.#heed(next.value);
        if (ended !== null) return ended;
      }
      return this.#ends ?? crashed(this.#lastWords('it ended without an answer'));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return this.#ends ?? crashed(this.#lastWords(message));
    } finally {
      // Ended first: the SDK would wait for the process to end by itself.
      await this.#end();
      void messages.return().catch(() => undefined);
    }
  }

  /** The process with all that it started, and whatever tool of ours is still at work for it. */
  #end(): Promise<void> {
    this.#stopped.abort();
    this.#inbox.close();
    return this.#process.end();
  }

  #system(): string {
    const { prompt, answer } = this.#seat;
    const { definition } = this.#of;
    const [role, ...rest] = prompt.system.map(({ text }) => text);
    return [
      ...(role === undefined ? [] : [role]),
      toolWords(this.#tools, answer !== null),
      ...(definition === null ? [] : [definitionWords(definition)]),
      ...rest,
    ].join('\n\n');
  }

  #options(systemPrompt: string): Options {
    const { task, sdk, executable, model } = this.#of;
    const { answer } = this.#seat;
    const abortController = this.#stopped;
    const { microUsd, turns } = task.allowance;
    return {
      ...{ abortController, systemPrompt, cwd: task.folder, model: model.id },
      ...(executable === null ? {} : { pathToClaudeCodeExecutable: executable }),
      // Nothing of the user's or of the project's own set-up.
      ...{ settingSources: [], strictMcpConfig: true, skills: [], plugins: [] },
      // Our prompts quote what others wrote: no word of it may be taken for a command or a file to read.
      ...{ verbatimPrompts: true, persistSession: false, includePartialMessages: true },
      tools: [...this.#tools.own],
      mcpServers: toolServer(sdk, this.#tools.ours, (tool, input) => this.#use(tool, input)),
      permissionMode: 'default',
      canUseTool: () =>
        Promise.resolve({ behavior: 'deny', message: 'That is not for you to do here.' }),
      hooks: {
        PreToolUse: [{ hooks: [this.#beforeTool], onFailure: 'block' }],
        PostToolBatch: [{ hooks: [this.#afterTools] }],
      },
      ...(answer === null
        ? {}
        : { outputFormat: { type: 'json_schema', schema: { ...answer.spec.schema } } }),
      maxTurns: Math.max(1, turns),
      ...(model.listed && microUsd > 0 ? { maxBudgetUsd: microUsd / 1e6 } : {}),
      spawnClaudeCodeProcess: this.#process.spawn,
    };
  }

  readonly #beforeTool: HookCallback = async (given) => {
    if (given.hook_event_name !== 'PreToolUse') return {};
    const { tool_name: name, tool_input: input } = given;
    const decision =
      this.#ends !== null
        ? ({ ok: false, why: 'The work has ended already.' } as const)
        : await this.#confinement.decide(name, isRecord(input) ? input : {});
    const hookEventName = 'PreToolUse';
    if (decision.ok) {
      this.#say(inShort({ name, input }));
      const updatedInput = { ...decision.input };
      return { hookSpecificOutput: { hookEventName, permissionDecision: 'allow', updatedInput } };
    }
    const permissionDecisionReason = decision.why;
    return {
      hookSpecificOutput: { hookEventName, permissionDecision: 'deny', permissionDecisionReason },
    };
  };

  /** Before the next call of the model: whether there is to be one, and what else it is told. */
  readonly #afterTools: HookCallback = async (given) => {
    if (given.hook_event_name !== 'PostToolBatch') return {};
    // What came before this on the same pipe is heeded first.
    await nextTurn();
    const stop = { continue: false, stopReason: 'the work has ended' };
    if (this.#ends !== null) return stop;
    // An answer by data ends the turn: there is no call after it.
    if (given.tool_calls.some(({ tool_name: name }) => name === answerTool)) return {};
    const more = JSON.stringify(
      given.tool_calls.map(({ tool_response: said }) => said ?? ''),
    ).length;
    this.#ends = this.#givenUp() ?? this.#askFor(more);
    if (this.#ends !== null) return stop;
    const news = await this.#news.take(this.#spending.spent);
    if (news === '') return {};
    this.#of.link.transcript.write({ kind: 'told', text: news });
    return { hookSpecificOutput: { hookEventName: 'PostToolBatch', additionalContext: news } };
  };

  #givenUp(): Ended | null {
    if (this.#refusals < maxRefusals) return null;
    const message = `${this.#refusals} calls of tools in a row were refused: ${this.#lastRefusal}`;
    return failed('bad-answer', message, { kind: 'retryable', afterMs: 0 });
  }

  #askFor(chars: number): Ended | null {
    const what = this.#spending.ask(chars / charsPerToken);
    return what === null ? null : { kind: 'exhausted', what };
  }

  async #use(tool: Tool, input: unknown): Promise<ToolAnswer> {
    if (this.#ends !== null) return refuse('The work has ended already.');
    // What came before this on the same pipe is heeded first.
    if (tool.effect === 'ends') await nextTurn();
    if (tool.effect === 'ends' && this.#failedNow) {
      // Whoever hands in beside a write that failed does not mean what lies there.
      return refuse('Not done: something failed in the same turn. Look at that first.');
    }
    this.#reminded = false;
    const answered = await tool.run(input, this.#stopped.signal);
    if (answered.ends !== undefined) this.#ends ??= answered.ends;
    return answered;
  }

  #heed(message: SDKMessage): Ended | null {
    const { link } = this.#of;
    switch (message.type) {
      case 'stream_event':
        this.#stream(message.event);
        return null;
      case 'assistant': {
        const said = takeDownReply(link.transcript, message);
        if (said !== '') this.#say(said);
        return null;
      }
      case 'user':
        for (const { ok, text } of takeDownAnswers(link.transcript, message)) {
          this.#refusals = ok ? 0 : this.#refusals + 1;
          if (ok) continue;
          this.#lastRefusal = oneLine(text);
          this.#failedNow = true;
        }
        return null;
      case 'system': {
        if (message.subtype !== 'api_retry') return null;
        const { error_status: status, attempt } = message;
        // It would be tried for minutes, and no try changes it.
        if (isUnauthorised(status)) return this.#rest(unauthorised(status));
        const text = `the service gave no answer (${status ?? 'no connection'}); try ${attempt + 1}`;
        link.transcript.write({ kind: 'noted', text });
        this.#say(text);
        return null;
      }
      case 'result':
        return this.#over(message);
      case 'auth_status':
      case 'conversation_reset':
      case 'prompt_suggestion':
      case 'rate_limit_event':
      case 'tool_progress':
      case 'tool_use_summary':
        return null;
    }
    // Other versions of the SDK may say other things.
    return null;
  }

  /** The session has ended with nothing that says what it cost. */
  #rest(ended: Ended): Ended {
    this.#spending.rest();
    return ended;
  }

  #stream(event: Extract<SDKMessage, { type: 'stream_event' }>['event']): void {
    switch (event.type) {
      case 'message_start':
        this.#failedNow = false;
        this.#spending.began(usageOf(event.message.usage));
        break;
      case 'message_delta':
        this.#refused = event.delta.stop_reason === 'refusal';
        this.#spending.goesOn((before) => usageOf(event.usage, before));
        break;
      case 'message_stop':
        this.#spending.answered();
        break;
      case 'content_block_start':
      case 'content_block_delta':
      case 'content_block_stop':
        this.#hear();
    }
  }

  /** A turn of the session is over: with an answer, or with something to be told. */
  #over(result: SDKResultMessage): Ended | null {
    this.#spending.settle(totalUsage(result.modelUsage), result.total_cost_usd * 1e6);
    if (this.#ends !== null) return this.#ends;
    const failure = failureOf(result, (text) => redact(text, this.#of.service.apiKey));
    if (failure !== null) return failure;
    const { result: text, structured_output: data } = result as Extract<
      SDKResultMessage,
      { subtype: 'success' }
    >;
    if (this.#refused) {
      return { kind: 'refused', reason: text === '' ? 'the model will not do this task' : text };
    }
    if (this.#answers === null) return this.#remind(text);
    const given = data === undefined ? text : JSON.stringify(data);
    const { outcome, again } = this.#answers.take(given);
    return again === null ? outcome : this.#tell(again);
  }

  #remind(text: string): Ended | null {
    if (this.#reminded) {
      const message = `it neither works nor hands in: ${oneLine(text)}`;
      return failed('bad-answer', message, { kind: 'retryable', afterMs: 0 });
    }
    this.#reminded = true;
    const how = this.#tools.ours.filter(({ effect }) => effect === 'ends');
    const names = how.map(({ name }) => toolName(name)).join(' or ');
    return this.#tell(`Nothing was handed in. Go on, or call ${names} to end your work.`);
  }

  /** With a turn of its own, in the same session. */
  #tell(text: string): Ended | null {
    const ended = this.#askFor(text.length);
    if (ended !== null) return ended;
    this.#of.link.transcript.write({ kind: 'told', text });
    this.#inbox.tell(text);
    return null;
  }

  #lastWords(message: string): string {
    const { tail } = this.#process;
    const { apiKey } = this.#of.service;
    const clean = withoutKey(tail, apiKey).trim();
    const said = clean === '' ? message : `${message}: ${clean.slice(-500)}`;
    return redact(said, apiKey);
  }

  #hear(): void {
    const now = this.#of.clock.monotonic();
    if (now - this.#heardMs < streamingMs) return;
    this.#heardMs = now;
    this.#say('writes');
  }

  #say(text: string): void {
    const says = oneLine(text);
    if (says !== '') this.#of.link.progress({ says, fraction: null, spent: this.#spent });
  }

  get #spent(): Amount {
    const ms = Math.round(this.#of.clock.monotonic() - this.#startMs);
    return addAmounts(this.#spending.spent, { ...zeroAmount, ms });
  }
}

const once = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });

const crashed = (message: string): Ended =>
  failed('agent-crashed', message, { kind: 'retryable', afterMs: 0 });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import type { Options, SDKMessage, SDKResultMessage } from '@anthropic-ai/claude-agent-sdk';
import { addAmounts, zeroAmount, type Amount } from '../../../core/budget.ts';
import { oneLine } from '../../../core/projections/safe-text.ts';
import { redact, withoutKey } from '../anthropic/redact.ts';
import { neverHandsIn, reminder, toldToEnd, willNot } from '../endings.ts';
import { AnswerTries } from '../model/answer-tries.ts';
import type { Seat } from '../model/seat.ts';
import type { AgentOutcome } from '../outcome.ts';
import { streamingMs } from '../work.ts';
import { definitionWords, type AgentDefinition } from './agent-definition.ts';
import { ClaudeHome, type ClaudeService } from './claude-home.ts';
import { ClaudeProcess } from './claude-process.ts';
import { toolName, toolServer, toolsOf, toolWords, type ClaudeTools } from './claude-tools.ts';
import { Confinement } from './confinement.ts';
import type { Sdk } from './load-sdk.ts';
import { PromptsInbox } from './prompts-inbox.ts';
import { SessionCalls, type CallsOf } from './session-calls.ts';
import { SessionEnd, type Ended } from './session-end.ts';
import { failed, failureOf, isForGood, refusedFor } from './session-failure.ts';
import { SessionGuard } from './session-guard.ts';
import { SessionNews } from './session-news.ts';
import { TakeDown } from './take-down.ts';

/** What Claude Code puts around our prompt, and its tools. */
const ownTokens = 8_000;
const charsPerToken = 3;
/**
 * How long a hook or a tool of ours may take, as Claude Code is told: about the longest that a timer
 * can be set for. Its agent's own minutes stand still while it waits, and its attempt ends it in time.
 */
const longestMs = 24 * 86_400_000;

export interface SessionOf extends CallsOf {
  readonly sdk: Sdk;
  /** The program that the SDK starts; null: its own. */
  readonly executable: string | null;
  readonly service: ClaudeService;
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
  readonly #calls: SessionCalls;
  readonly #guard: SessionGuard;
  readonly #process: ClaudeProcess;
  readonly #inbox: PromptsInbox;
  readonly #takeDown: TakeDown;
  readonly #answers: AnswerTries | null;
  readonly #end = new SessionEnd();
  readonly #stopped = new AbortController();
  readonly #startMs: number;
  /** What went wrong in us; boxed, since anything can be thrown. */
  #fault: { readonly error: unknown } | null = null;
  #reminded = false;
  #heardMs = 0;

  constructor(of: SessionOf, seat: Seat) {
    const { provider, task, link, clock, definition } = of;
    this.#of = of;
    this.#seat = seat;
    this.#tools = toolsOf(seat, definition);
    this.#startMs = clock.monotonic();
    const as = { provider, instructions: seat.prompt.version };
    this.#calls = new SessionCalls(of, as, this.#stopped.signal);
    this.#guard = new SessionGuard({
      confinement: new Confinement({
        files: seat.files,
        owned: seat.answer === null ? seat.owned : null,
        own: new Set(this.#tools.own),
        ours: new Set(this.#tools.ours.map(({ name }) => toolName(name))),
      }),
      news: new SessionNews(seat, task.allowance),
      ...{ calls: this.#calls, end: this.#end, pen: link.transcript },
      say: (text) => this.#say(text),
      answers: seat.answer !== null,
      stopped: this.#stopped.signal,
      onFault: (error) => this.#fails(error),
    });
    this.#process = new ClaudeProcess(`${task.run}/agent-${task.agent}-${task.epoch}`);
    this.#inbox = new PromptsInbox(seat.prompt.opening);
    this.#takeDown = new TakeDown(link.transcript);
    this.#answers = seat.answer === null ? null : new AnswerTries(seat.answer);
  }

  async perform(): Promise<AgentOutcome> {
    const { link, signal } = this.#of;
    const ended = await this.#run();
    if (signal.aborted) return toldToEnd(this.#spent);
    if (this.#fault !== null) throw this.#fault.error;
    link.transcript.write({ kind: 'noted', text: `ends: ${ended.kind}` });
    return { ...ended, spent: this.#spent };
  }

  async #run(): Promise<Ended> {
    const { task, signal, link, provider, model, service } = this.#of;
    const system = this.#system();
    const { opening, version } = this.#seat.prompt;
    link.transcript.write({ kind: 'noted', text: `${version}, ${provider}, ${model.id}` });
    link.transcript.write({ kind: 'told', text: `${system}\n\n${opening}` });
    const end = (): void => void this.#stop();
    signal.addEventListener('abort', end, { once: true });
    try {
      if (signal.aborted) return crashed('told to end');
      const tokens = (system.length + opening.length) / charsPerToken + ownTokens;
      const ended = await this.#calls.before(tokens);
      if (ended !== null) return ended;
      await using home = await ClaudeHome.open(task.folder);
      const env = home.environment({
        ...{ service, effect: this.#process.effect, maxToolMs: longestMs },
        maxOutputTokens: this.#calls.maxOutputTokens,
      });
      return await this.#follow({ ...this.#options(system), env });
    } catch (error) {
      if (signal.aborted) return crashed('told to end');
      throw error;
    } finally {
      signal.removeEventListener('abort', end);
      this.#calls.rest();
      await this.#stop();
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
        const ended = await this.#heed(next.value);
        if (ended !== null) return ended;
      }
      return this.#end.known ?? crashed(this.#lastWords('it ended without an answer'));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return this.#end.known ?? crashed(this.#lastWords(message));
    } finally {
      // Ended first: the SDK would wait for the process to end by itself.
      await this.#stop();
      void messages.return().catch(() => undefined);
    }
  }

  /** The process with all that it started, and whatever tool of ours is still at work for it. */
  #stop(): Promise<void> {
    this.#stopped.abort();
    this.#inbox.close();
    return this.#process.end();
  }

  /** A fault of ours, whoever asked us: the session does nothing more, as it could not be accounted for. */
  #fails(error: unknown): void {
    if (this.#stopped.signal.aborted) return;
    this.#fault ??= { error };
    void this.#stop();
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
      mcpServers: toolServer(sdk, this.#tools.ours, (tool, input) => this.#guard.use(tool, input)),
      permissionMode: 'default',
      canUseTool: () =>
        Promise.resolve({ behavior: 'deny', message: 'That is not for you to do here.' }),
      hooks: this.#guard.hooks(longestMs / 1_000),
      ...(answer === null
        ? {}
        : { outputFormat: { type: 'json_schema', schema: { ...answer.spec.schema } } }),
      maxTurns: Math.max(1, turns),
      ...(model.listed && microUsd > 0 ? { maxBudgetUsd: microUsd / 1e6 } : {}),
      spawnClaudeCodeProcess: this.#process.spawn,
    };
  }

  #heed(message: SDKMessage): Promise<Ended | null> | Ended | null {
    switch (message.type) {
      case 'stream_event':
        if (message.event.type === 'message_start') this.#guard.replyBegins();
        this.#calls.stream(message.event);
        this.#hear();
        return null;
      case 'assistant': {
        this.#calls.replied(message);
        const said = this.#takeDown.reply(message);
        if (said !== '') this.#say(said);
        return null;
      }
      case 'user':
        this.#guard.answered(this.#takeDown.answers(message));
        return null;
      case 'system':
        return this.#heedSystem(message);
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

  #heedSystem(message: Extract<SDKMessage, { type: 'system' }>): Ended | null {
    if (message.subtype === 'status') {
      if (message.status === 'requesting') {
        const ended = this.#calls.begins();
        return this.#end.known ?? ended;
      }
      return message.status === 'compacting' ? this.#calls.compacts() : null;
    }
    if (message.subtype !== 'api_retry') return null;
    const { error_status: status, attempt } = message;
    // It would be tried for minutes, and no try changes it.
    if (isForGood(status)) {
      this.#calls.refused();
      return refusedFor(status, '');
    }
    const text = `the service gave no answer (${status ?? 'no connection'}); try ${attempt + 1}`;
    this.#of.link.transcript.write({ kind: 'noted', text });
    this.#say(text);
    return this.#calls.failed(message);
  }

  /** A turn of the session is over: with an answer, or with something to be told. */
  #over(result: SDKResultMessage): Promise<Ended | null> | Ended | null {
    this.#calls.settle(result);
    if (this.#guard.turnEnds()) this.#reminded = false;
    if (this.#end.known !== null) return this.#end.known;
    const failure = failureOf(result, (text) => redact(text, this.#of.service.apiKey));
    if (failure !== null) return failure;
    const { result: text, structured_output: data } = result as Extract<
      SDKResultMessage,
      { subtype: 'success' }
    >;
    if (this.#calls.isRefused) return willNot(text);
    if (this.#answers === null) return this.#remind(text);
    const given = data === undefined ? text : JSON.stringify(data);
    const { outcome, again } = this.#answers.take(given);
    return again === null ? outcome : this.#tell(again);
  }

  #remind(text: string): Promise<Ended | null> | Ended {
    if (this.#reminded) return neverHandsIn(text);
    this.#reminded = true;
    const ending = this.#tools.ours.filter(({ effect }) => effect === 'ends');
    return this.#tell(reminder(ending.map(({ name }) => toolName(name))));
  }

  /** With a turn of its own, in the same session. */
  async #tell(text: string): Promise<Ended | null> {
    const ended = await this.#calls.before(text.length / charsPerToken);
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
    return addAmounts(this.#calls.spent, { ...zeroAmount, ms });
  }
}

const once = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });

const crashed = (message: string): Ended =>
  failed('agent-crashed', message, { kind: 'retryable', afterMs: 0 });

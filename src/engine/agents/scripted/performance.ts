import { addAmounts, overrun, zeroAmount, type Amount } from '../../../core/budget.ts';
import { noUsage } from '../../../core/usage.ts';
import type { Clock } from '../../clock.ts';
import type { AgentLink } from '../agent.ts';
import type { AgentOutcome } from '../outcome.ts';
import type { AgentTask } from '../task.ts';
import { layFiles, type LayFailure } from './lay-files.ts';
import { readTurnTexts } from './read-turn-texts.ts';
import { ScriptedHands } from './scripted-hands.ts';
import { timeline, type Moment } from './timeline.ts';
import type { TurnFiles } from './turn-files.ts';
import type { Behaviour } from './turn-base.ts';
import type { Turn } from './turn.ts';

/** One turn, played once by one agent. */
export class Performance {
  readonly #turn: Turn;
  readonly #task: AgentTask;
  readonly #link: AgentLink;
  readonly #clock: Clock;
  /** Aborts when the agent is told to end. */
  readonly #told: AbortSignal;
  /** The same, or, for an agent that does not listen, one that never does. */
  readonly #heard: AbortSignal;
  readonly #behaviour: Behaviour;
  readonly #startMs: number;
  #spent = zeroAmount;
  #calling = false;
  #lastSaid = 'at work';

  constructor(turn: Turn, task: AgentTask, link: AgentLink, clock: Clock, signal: AbortSignal) {
    this.#turn = turn;
    this.#task = task;
    this.#link = link;
    this.#clock = clock;
    this.#behaviour = behaviourOf(turn, task);
    this.#told = signal;
    this.#heard = this.#behaviour === 'late' ? new AbortController().signal : signal;
    this.#startMs = clock.monotonic();
  }

  async play(): Promise<AgentOutcome> {
    this.#link.transcript.write({ kind: 'told', text: opening(this.#task) });
    for (const moment of timeline(this.#turn)) {
      if (!(await this.#reach(moment.atMs))) return this.#aborted();
      const stopped = await this.#act(moment);
      if (stopped !== null) return stopped;
    }
    switch (this.#behaviour) {
      case 'submit':
        return this.#answer();
      case 'late':
        await this.#reach(this.#turn.lateMs);
        return this.#answer();
      case 'hang':
        await aborting(this.#heard);
        return this.#aborted();
      case 'crash':
        return {
          kind: 'failed',
          code: 'agent-crashed',
          message: this.#turn.summary,
          retry: { kind: 'retryable', afterMs: 0 },
          spent: this.#total(),
        };
      case 'dispute':
        return { kind: 'disputed', reason: this.#turn.summary, spent: this.#total() };
      case 'refuse':
        return { kind: 'refused', reason: this.#turn.summary, spent: this.#total() };
      case 'overspend': {
        const tokens = this.#task.allowance.tokens + 1;
        return this.#call({ ...zeroAmount, tokens, turns: 1 }) ?? this.#answer();
      }
    }
  }

  /** False where the agent was told to end before that moment. */
  async #reach(atMs: number): Promise<boolean> {
    const waitMs = this.#startMs + atMs - this.#clock.monotonic();
    if (waitMs > 0) {
      try {
        await this.#clock.sleep(waitMs, this.#heard);
      } catch (error) {
        if (!this.#heard.aborted) throw error;
      }
    }
    return !this.#heard.aborted;
  }

  async #act(moment: Moment): Promise<AgentOutcome | null> {
    switch (moment.kind) {
      case 'gives':
      case 'asks': {
        const failure = await this.#handOver(moment);
        if (failure !== null) return failure;
        break;
      }
      case 'call-begins':
        return this.#call(moment.cost);
      case 'call-ends':
        this.#settle(moment);
        break;
      case 'says':
        this.#lastSaid = moment.text;
        this.#link.transcript.write({ kind: 'said', text: moment.text });
        await this.#takeWhatCame();
    }
    this.#tell(moment.atMs);
    return null;
  }

  /** A script cannot read it, but it is in its builder's hands. */
  async #takeWhatCame(): Promise<void> {
    if (this.#turn.kind === 'builder') await this.#link.receive();
  }

  #tell(atMs: number): void {
    const fraction = this.#turn.ms === 0 ? null : atMs / this.#turn.ms;
    this.#link.progress({ says: this.#lastSaid, fraction, spent: this.#total() });
  }

  async #handOver(
    moment: Extract<Moment, { kind: 'gives' | 'asks' }>,
  ): Promise<AgentOutcome | null> {
    const turn = this.#turn;
    if (turn.kind !== 'builder') return null;
    if (moment.kind === 'gives') {
      const failure = await this.#layFiles({ ...turn.files, paths: moment.step.files });
      if (failure !== null) return failure;
    }
    const hands = new ScriptedHands(this.#link, (says) => {
      this.#lastSaid = says;
      this.#tell(moment.atMs);
    });
    if (moment.kind === 'gives') await hands.give(moment.step);
    else {
      const leftMs = this.#startMs + turn.ms - this.#clock.monotonic();
      await hands.ask(moment.step, (until) => this.#clock.sleep(leftMs, until), this.#heard);
    }
    return null;
  }

  /** Asks for a call; the answer where it may not be made. */
  #call(upTo: Amount): AgentOutcome | null {
    this.#calling = this.#link.maySpend(upTo);
    // Without its call a late agent goes on all the same: it heeds nothing once its attempt is over.
    if (this.#calling || (this.#behaviour === 'late' && this.#told.aborted)) return null;
    if (this.#heard.aborted) return this.#aborted();
    const what = overrun(addAmounts(this.#spent, upTo), this.#task.allowance) ?? 'tokens';
    return { kind: 'exhausted', what, spent: this.#total() };
  }

  #settle({ cost, output }: Extract<Moment, { kind: 'call-ends' }>): void {
    if (!this.#calling) return;
    this.#calling = false;
    const usage = { ...noUsage, input: cost.tokens - output, output };
    this.#link.spend(cost, { provider: 'scripted', model: 'script', usage });
    this.#spent = addAmounts(this.#spent, cost);
  }

  async #answer(): Promise<AgentOutcome> {
    const turn = this.#turn;
    const { summary } = turn;
    await this.#takeWhatCame();
    this.#link.transcript.write({ kind: 'said', text: summary });
    if (turn.kind === 'builder' || turn.kind === 'contract' || turn.kind === 'split') {
      const failure = await this.#layFiles(turn.files);
      if (failure !== null) return failure;
    }
    const spent = this.#total();
    switch (turn.kind) {
      case 'builder':
        return { kind: 'submitted', summary, findings: turn.findings, spent };
      case 'contract':
        return { kind: 'contract-written', summary, reason: turn.reason, spent };
      case 'split':
        return { kind: 'cut', summary, parts: turn.parts, spent };
      case 'review':
        return {
          kind: 'reviewed',
          verdict: turn.verdict,
          summary,
          evidence: turn.evidence,
          testsWrong: turn.testsWrong,
          spent,
        };
      case 'arbiter':
        return { kind: 'arbitrated', decision: turn.decision, reason: turn.reason, spent };
      case 'integrator':
        return { kind: 'blamed', module: turn.blames, summary, evidence: turn.evidence, spent };
      case 'scout':
        return { kind: 'researched', findings: turn.findings, spent };
      case 'precondition':
        return { ...turn.answer, spent };
      case 'architect': {
        if (turn.answer.kind !== 'proposed') return { ...turn.answer, spent };
        const read = await readTurnTexts(turn.answer.files);
        if ('failure' in read) return this.#failed(read.failure);
        return { ...turn.answer, summary, files: read.files, spent };
      }
    }
  }

  /** What a late agent writes after its end lands nowhere: its folder may be gone. */
  async #layFiles(files: TurnFiles): Promise<AgentOutcome | null> {
    if (!('folder' in this.#task) || this.#told.aborted) return null;
    const failure = await layFiles(files, this.#task.folder);
    const { transcript } = this.#link;
    transcript.write({ kind: 'tool-used', tool: 'lay-files', input: files.paths.join('\n') });
    if (failure !== null) {
      const { message: text } = failure;
      transcript.write({ kind: 'tool-answered', tool: 'lay-files', ok: false, text });
    }
    return failure === null ? null : this.#failed(failure);
  }

  #failed(failure: LayFailure): AgentOutcome {
    return { kind: 'failed', ...failure, retry: { kind: 'terminal' }, spent: this.#total() };
  }

  #aborted(): AgentOutcome {
    return {
      kind: 'failed',
      code: 'aborted',
      message: 'told to end',
      retry: { kind: 'terminal' },
      spent: this.#total(),
    };
  }

  #total(): Amount {
    return { ...this.#spent, ms: Math.round(this.#clock.monotonic() - this.#startMs) };
  }
}

/** What a person wants to know of a task before its agent speaks. */
function opening(task: AgentTask): string {
  const about =
    'contract' in task ? [`Contract, version ${task.contract.version}:`, task.contract.text] : [];
  const evidence = 'evidence' in task ? task.evidence.map(({ says }) => `- ${says}`) : [];
  const held = evidence.length === 0 ? [] : ['Held against what was there before:', ...evidence];
  return [`To play the turn of a ${task.role}.`, ...about, ...held].join('\n\n');
}

/** What a replacement can mend is done by the first agent only, so that replacing it helps. */
function behaviourOf(turn: Turn, task: AgentTask): Behaviour {
  switch (turn.behaviour) {
    case 'hang':
    case 'crash':
    case 'late':
      return task.epoch === 1 ? turn.behaviour : 'submit';
    case 'submit':
    case 'dispute':
    case 'refuse':
    case 'overspend':
      return turn.behaviour;
  }
}

function aborting(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

import type { Amount } from '../../core/budget.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { UsageLine } from '../../core/usage.ts';
import type { Clock } from '../clock.ts';
import type { AgentLink, AgentProvider, AwaitedBy, ProgressStep } from './agent.ts';
import { AttemptMeter } from './attempt-meter.ts';
import { boundOutcome } from './bound-outcome.ts';
import type { CheckDesk, Checked, NotChecked } from './checked.ts';
import type { HandoffDesk, HandoffRefused, ReceivedHandoff } from './handoff.ts';
import type { AgentOutcome } from './outcome.ts';
import { Throttle } from './throttle.ts';
import { Stopwatch } from './stopwatch.ts';
import type { AgentTask } from './task.ts';
import type { Redaction } from '../gates/redaction.ts';
import { redacted } from '../transcripts/secrets.ts';
import { noPen, type TranscriptPen } from './transcript.ts';
import { UsageTally } from './usage-tally.ts';

/** How a watched attempt ended: the agent's own answer, or why it was not waited for. */
export type SupervisedOutcome = AgentOutcome | Stalled | Aborted;

/** No progress for too long. */
export interface Stalled {
  readonly kind: 'stalled';
  readonly spent: Amount;
}

/** The engine took the attempt back. */
export interface Aborted {
  readonly kind: 'aborted';
  readonly spent: Amount;
}

export interface SupervisionOptions {
  readonly provider: AgentProvider;
  readonly task: AgentTask;
  readonly clock: Clock;
  /** Progress must come at least this often; time in a pause does not count. */
  readonly stallMs: number;
  /**
   * What was left for all that it is a part of when it began, as that stands now: passes also while it
   * waits. Left out: no end.
   */
  readonly wholeMs?: () => number;
  /** How long an agent may take to end once it is told to; then it is left alone. */
  readonly graceMs: number;
  /** Takes the attempt back. */
  readonly signal: AbortSignal;
  /** At most once a second; never after the attempt has ended. */
  readonly onProgress: (step: ProgressStep) => void;
  /** What an agent does after its attempt was ended: to be noted, never to be used (law 12). */
  readonly onLate: (late: Late) => void;
  /** null: this role hands nothing over. */
  readonly desk?: HandoffDesk | null;
  /** What its calls came to so far, now and then while it works, and when it has ended. */
  readonly onUsage?: (lines: readonly UsageLine[]) => void;
  /** Takes secrets out of all that the agent says; left out: nothing is a secret. */
  readonly redact?: Redaction;
  /** Takes down for people what the agent says and does; left out: nothing is. */
  readonly pen?: TranscriptPen;
  /** null: this role runs no checks. */
  readonly checks?: CheckDesk | null;
}

/** What came too late: an answer, a sign of life (told once), or the cost of a call under way. */
export interface Late {
  readonly kind: AgentOutcome['kind'] | 'progress' | 'cost';
  /** Of the call alone, or else of the whole attempt. It counted when the attempt ended. */
  readonly spent: Amount;
}

/** The journal takes at most one event of progress a second from an attempt. */
const progressEveryMs = 1_000;
/** And of what its calls came to, fewer: nobody waits for that. */
const usageEveryMs = 5_000;
/** How long a person whose answer an agent waits for is taken to be at it. */
const personMs = 15 * 60_000;

/**
 * Watches one attempt.
 *
 *     working ──answer──────────────────────────► over
 *        │                                         ▲
 *        └─stall, minutes, signal─► ending ─answer─┤
 *                                      └──grace────┘ (abandoned: its answer comes late)
 */
export class Supervision {
  /** Never rejects. */
  readonly outcome: Promise<SupervisedOutcome>;
  /** Resolves when the agent itself has ended, abandoned or not: nothing writes in its folder any more. */
  readonly settled: Promise<void>;

  readonly #options: SupervisionOptions;
  readonly #meter: AttemptMeter;
  readonly #usage: UsageTally;
  readonly #used: Throttle<null>;
  /** How many calls of it the run has heard of. */
  #callsTold = 0;
  readonly #stopwatch: Stopwatch;
  readonly #throttle: Throttle<ProgressStep>;
  readonly #agent = new AbortController();
  readonly #takeBack = (): void => this.#end('aborted');
  /** Set at once by the promise's constructor. */
  #resolve!: (outcome: SupervisedOutcome) => void;
  #phase: 'working' | 'ending' | 'over' = 'working';
  #why: Ending = 'aborted';
  /** A sign of life that came too late was told. */
  #lateSign = false;
  /** Of its working time. */
  #lastSignMs = 0;
  /** Runs while it waits for its service: that is left out of its working time. */
  readonly #served: Stopwatch;
  #atService = 0;
  #atPerson = 0;
  #isPaused = false;
  /** How many runs of checks it waits for. */
  #checking = 0;
  /** It waits, and has shown nothing else since it began to. */
  #waits = false;
  /** The next moment at which the attempt may have to be ended; while ending, the grace period's. */
  #timer: Disposable | null = null;

  constructor(options: SupervisionOptions) {
    this.#options = options;
    this.#meter = new AttemptMeter(options.task.allowance);
    this.#usage = new UsageTally(options.provider);
    this.#stopwatch = new Stopwatch(options.clock);
    this.#served = new Stopwatch(options.clock);
    this.#served.stop();
    this.#throttle = new Throttle(options.clock, progressEveryMs, options.onProgress);
    this.#used = new Throttle(options.clock, usageEveryMs, () => this.#tellUsage());
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    if (options.signal.aborted) {
      this.#finish({ kind: 'aborted', spent: this.spent });
      this.settled = Promise.resolve();
      return;
    }
    if (options.task.allowance.ms <= 0) {
      this.#finish({ kind: 'exhausted', what: 'ms', spent: this.spent });
      this.settled = Promise.resolve();
      return;
    }
    options.signal.addEventListener('abort', this.#takeBack, { once: true });
    this.#watch();
    this.settled = this.#perform().then((answer) => this.#answered(answer));
  }

  /** So far; time without pauses, nor what it waited for its service. */
  get spent(): Amount {
    return { ...this.#meter.spent, ms: Math.round(this.#workedMs) };
  }

  /** What the attempt is charged when it ends: calls that are still under way cost what they may. */
  get #counted(): Amount {
    return { ...this.#meter.committed, ms: this.spent.ms };
  }

  /** The run is paused: its minutes and the patience with its agents stand still. */
  pause(): void {
    this.#isPaused = true;
    this.#stand();
  }

  resume(): void {
    this.#isPaused = false;
    this.#goOn();
  }

  #stand(): void {
    if (this.#phase !== 'working') return;
    this.#stopwatch.stop();
    this.#served.stop();
    this.#timer?.[Symbol.dispose]();
  }

  #goOn(): void {
    if (this.#phase !== 'working' || this.#stopwatch.running) return;
    if (this.#isPaused || this.#atPerson > 0) return;
    this.#stopwatch.go();
    if (this.#atService > 0) this.#served.go();
    this.#watch();
  }

  /** Kept back of its minutes, so that an agent that takes its time to end stays within them. */
  get #ending(): number {
    const { graceMs, task } = this.#options;
    return Math.min(graceMs, task.allowance.ms / 10);
  }

  async #perform(): Promise<AgentOutcome> {
    const { provider, task } = this.#options;
    try {
      return await provider.perform(task, this.#link(), this.#agent.signal);
    } catch (error) {
      return {
        kind: 'failed',
        code: 'provider-threw',
        message: error instanceof Error ? error.message : String(error),
        retry: { kind: 'retryable', afterMs: 0 },
        spent: this.spent,
      };
    }
  }

  #link(): AgentLink {
    return {
      progress: (step) => {
        if (this.#phase === 'over') this.#livesOn();
        if (this.#phase !== 'working') return;
        this.#signs();
        this.#throttle.offer({
          says: oneLine(this.#redact(step.says)),
          fraction: boundFraction(step.fraction),
          spent: this.spent,
        });
      },
      waits: (whom) => this.#awaits(whom ?? 'service'),
      maySpend: (upTo, call) => this.#phase === 'working' && this.#meter.maySpend(upTo, call),
      spend: (actual, call) => {
        const late = this.#phase === 'over' && this.#meter.underWay.length > 0;
        this.#meter.spend(actual);
        this.#usage.count(actual, call ?? null);
        if (this.#phase !== 'over') this.#used.offer(null);
        if (late) this.#options.onLate({ kind: 'cost', spent: { ...actual, ms: 0 } });
      },
      transcript: this.#options.pen ?? noPen,
      check: (signal) => this.#check(signal),
      handoff: async (given) => {
        const desk = this.#desk;
        return desk === null ? noDesk : desk.give(redacted(given, this.#redact));
      },
      request: async (wanted) =>
        (await this.#desk?.request(redacted(wanted, this.#redact))) ?? noDesk,
      asked: () => this.#desk?.asked() ?? [],
      receive: async () => (await this.#desk?.take(null, 0)) ?? [],
      awaitHandoff: (handoff, signal) => this.#awaitHandoff(handoff, signal),
    };
  }

  /** null where the role has none, or the attempt has ended. */
  get #desk(): HandoffDesk | null {
    return this.#phase === 'working' ? (this.#options.desk ?? null) : null;
  }

  /**
   * That an agent begins to wait is a sign of life once, and then that something came: one that waits
   * in vain, however often, has stalled in the end. Pauses do not count as waiting.
   */
  async #awaitHandoff(handoff: number, signal: AbortSignal): Promise<ReceivedHandoff | null> {
    const began = this.#stopwatch.elapsedMs;
    if (!this.#waits) this.#signs();
    this.#waits = true;
    await this.#desk?.arrives(handoff, AbortSignal.any([signal, this.#agent.signal]));
    const taken = await this.#desk?.take(handoff, this.#stopwatch.elapsedMs - began);
    const [came] = taken ?? [];
    if (came === undefined) return null;
    if (this.#phase === 'working') this.#signs();
    return came;
  }

  /** Time in which it could have shown progress: not in a pause, and not waiting for its service. */
  get #workedMs(): number {
    return this.#stopwatch.elapsedMs - this.#served.elapsedMs;
  }

  #awaits(whom: AwaitedBy): Disposable {
    switch (whom) {
      case 'service':
        return this.#waitsForService();
      case 'person':
        return this.#waitsForPerson();
    }
  }

  /**
   * As long as a person takes to answer, nothing of the attempt passes. Nobody can tell whether there is
   * one: after a while it is as good as a service that does not answer.
   */
  #waitsForPerson(): Disposable {
    this.#atPerson += 1;
    this.#stand();
    let service: Disposable | null = null;
    const noMore = (): void => {
      this.#atPerson -= 1;
      this.#goOn();
    };
    const unanswered = (): void => {
      service = this.#waitsForService();
      noMore();
    };
    const timer = this.#options.clock.after(personMs, unanswered, { background: true });
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      timer[Symbol.dispose]();
      if (service === null) noMore();
      else service[Symbol.dispose]();
    };
    return { [Symbol.dispose]: over };
  }

  /** What a service does not answer is no fault of the agent, and no progress either. */
  #waitsForService(): Disposable {
    this.#atService += 1;
    if (this.#stopwatch.running) this.#served.go();
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      this.#atService -= 1;
      if (this.#atService > 0) return;
      this.#served.stop();
      // The timer was set for limits that stood still.
      if (this.#phase !== 'working' || !this.#stopwatch.running) return;
      this.#timer?.[Symbol.dispose]();
      this.#watch();
    };
    return { [Symbol.dispose]: over };
  }

  /** Progress was made. */
  #signs(): void {
    this.#lastSignMs = this.#workedMs;
    this.#waits = false;
  }

  /** Checks may take as long as their own limits say: whoever waits for them has not stalled. */
  async #check(signal: AbortSignal): Promise<Checked | NotChecked> {
    const { checks } = this.#options;
    if (this.#phase !== 'working' || checks === undefined || checks === null) return noChecks;
    this.#checking += 1;
    try {
      return await checks.check(AbortSignal.any([signal, this.#agent.signal]));
    } finally {
      this.#checking -= 1;
      if (this.#checking === 0) this.#lastSignMs = this.#workedMs;
    }
  }

  #livesOn(): void {
    if (this.#lateSign) return;
    this.#lateSign = true;
    this.#options.onLate({ kind: 'progress', spent: this.spent });
  }

  get #redact(): Redaction {
    return this.#options.redact ?? asItIs;
  }

  #tellUsage(): void {
    this.#callsTold = this.#usage.calls;
    this.#options.onUsage?.(this.#usage.lines);
  }

  #answered(answer: AgentOutcome): void {
    switch (this.#phase) {
      case 'working':
        // Before anything is cut: half a secret would not be known as one.
        this.#finish(boundOutcome(redacted({ ...answer, spent: this.#counted }, this.#redact)));
        return;
      case 'ending':
        if (handsIn(answer)) this.#options.onLate({ kind: answer.kind, spent: this.spent });
        this.#finishEnding();
        return;
      case 'over':
        this.#options.onLate({ kind: answer.kind, spent: this.spent });
    }
  }

  /** One timer for all limits, moved only when it runs out: progress costs no timer. */
  #watch(): void {
    const { clock, stallMs, task, wholeMs } = this.#options;
    const worked = this.#workedMs;
    if (this.#checking > 0) this.#lastSignMs = worked;
    const ownLeft = task.allowance.ms - this.#ending - worked;
    const wholeLeft = (wholeMs?.() ?? Infinity) - this.#ending - this.#stopwatch.elapsedMs;
    const patienceLeft = this.#lastSignMs + stallMs - worked;
    const works = this.#atService === 0;
    if (Math.min(ownLeft, wholeLeft) <= 0) this.#end('minutes');
    else if (works && patienceLeft <= 0) this.#end('stalled');
    else {
      const left = works ? Math.min(ownLeft, wholeLeft, patienceLeft) : wholeLeft;
      if (left < Infinity) this.#timer = clock.after(Math.ceil(left), () => this.#watch());
    }
  }

  /** Tells the agent to end, and waits for it no longer than the grace period. */
  #end(why: Ending): void {
    if (this.#phase !== 'working') return;
    this.#phase = 'ending';
    this.#why = why;
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#options.clock.after(this.#options.graceMs, () => this.#finishEnding());
    this.#agent.abort();
  }

  #finishEnding(): void {
    const spent = this.#counted;
    this.#finish(
      this.#why === 'minutes'
        ? { kind: 'exhausted', what: 'ms', spent }
        : { kind: this.#why, spent },
    );
  }

  #finish(outcome: SupervisedOutcome): void {
    this.#phase = 'over';
    this.#stopwatch.stop();
    this.#timer?.[Symbol.dispose]();
    this.#throttle[Symbol.dispose]();
    this.#used[Symbol.dispose]();
    for (const held of this.#meter.underWay) this.#usage.countHeld(held);
    if (this.#usage.calls > this.#callsTold) this.#tellUsage();
    this.#options.signal.removeEventListener('abort', this.#takeBack);
    this.#resolve(outcome);
  }
}

const asItIs: Redaction = (text) => text;

const noDesk: HandoffRefused = {
  ok: false,
  message: 'only a builder at work hands over and asks; what is needed lies in the folder',
};

const noChecks: NotChecked = {
  ok: false,
  message: 'only a builder at work has checks run; what they said stands in the task',
};

/** Why an attempt is ended from outside. */
type Ending = 'stalled' | 'aborted' | 'minutes';

/** Whether there is something to reject; a mere "I have ended" is what was asked for. */
function handsIn(outcome: AgentOutcome): boolean {
  switch (outcome.kind) {
    case 'submitted':
    case 'disputed':
    case 'arbitrated':
    case 'reviewed':
    case 'blamed':
    case 'contract-written':
    case 'cut':
    case 'researched':
    case 'assessed':
    case 'asked-questions':
    case 'proposed':
    case 'unsuitable':
      return true;
    case 'exhausted':
    case 'refused':
    case 'failed':
      return false;
  }
}

function boundFraction(fraction: number | null): number | null {
  return fraction === null || Number.isNaN(fraction) ? null : Math.min(1, Math.max(0, fraction));
}

import type { Clock } from '../../clock.ts';
import { RateBucket } from './rate-bucket.ts';
import { ratesOf } from './rate-headers.ts';

/** A request that may be made now. Whoever has it tells what came of it, in this order. */
export interface Turn {
  /** The head of an answer, refusals included; null where that is not to be seen. */
  answered(headers: Headers | null): void;
  /** It was refused for coming too soon; null: the service does not say how long to wait. */
  refused(afterMs: number | null): void;
  /** It is over, with what it has really used of the allowance; once, and always. */
  over(used: { readonly input: number; readonly output: number }): void;
}

/** Who asks for a turn. */
export interface TurnTaker {
  /** False: it learns that it was answered, and nothing that an answer's head says of the allowance. */
  readonly seesHeads: boolean;
}

interface Waiting extends TurnTaker {
  readonly inputTokens: number;
  readonly go: (turn: Turn) => void;
}

/**
 * Requests go in a steady row, not in bursts: a service may hold a minute's allowance against each
 * second. A tenth at once lets a run begin without a queue.
 */
const requestBurst = 0.1;
/** Tokens come in lumps as large as prompts are. */
const tokenBurst = 1;
/** While nothing is known of the allowance one request goes ahead; the next after this long. */
const probeMs = 2_000;
/** Between requests after a refusal; each further one doubles it, each answer takes a tenth off. */
const [leastGapMs, mostGapMs] = [250, 30_000];
/** Less than that is an error of rounding. */
const leastWaitMs = 1e-6;
/** How long all wait after a refusal that does not say how long. */
const pauseMs = 5_000;

/** What a request may use of the allowance. */
interface Expected extends TurnTaker {
  readonly input: number;
  readonly output: number;
}

/** The queue of one model's requests. */
export class RateLane {
  readonly #clock: Clock;
  readonly #stopAll: (ms: number) => void;
  readonly #requests = new RateBucket(requestBurst);
  readonly #input = new RateBucket(tokenBurst);
  readonly #output = new RateBucket(tokenBurst);
  readonly #queue: Waiting[] = [];
  #timer: Disposable | null = null;
  /** A head has said something of the allowance, be it that there are no limits. */
  #known = false;
  /** One that sees no heads was answered: others of its kind learn no more by waiting. */
  #answeredUnseen = false;
  /** Made and without an answer's head: what the service may not have counted yet. */
  readonly #unheard = new Set<Expected>();
  #stoppedUntil = 0;
  #lastAt = -Infinity;
  #gapMs = 0;
  /** What answers have had of late, to be kept back for one that begins. */
  #usualOutput = 1;

  constructor(clock: Clock, stopAll: (ms: number) => void) {
    this.#clock = clock;
    this.#stopAll = stopAll;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  turn(inputTokens: number, signal: AbortSignal, { seesHeads }: TurnTaker): Promise<Turn> {
    return new Promise((go, fail) => {
      // A reason is whatever the aborter gave, and callers compare it by identity.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      const abort = (): void => fail(signal.reason);
      if (signal.aborted) {
        abort();
        return;
      }
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        abort();
        this.#pump();
      };
      const waiting: Waiting = {
        ...{ inputTokens, seesHeads },
        go: (turn) => {
          signal.removeEventListener('abort', leave);
          go(turn);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiting);
      this.#pump();
    });
  }

  stop(ms: number): void {
    this.#stoppedUntil = Math.max(this.#stoppedUntil, this.#clock.monotonic() + ms);
    this.#pump();
  }

  /** Lets go whoever may, and comes back when the next one may. */
  #pump(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = null;
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const now = this.#clock.monotonic();
      const waitMs = this.#waitMs(next, now);
      if (waitMs > leastWaitMs) {
        this.#timer = this.#clock.after(Math.ceil(waitMs), () => this.#pump());
        return;
      }
      this.#queue.shift();
      next.go(this.#begin(next, now));
    }
  }

  /** Whether an answer is under way that will tell more to one like this. */
  #probes({ seesHeads }: TurnTaker): boolean {
    if (this.#known || (!seesHeads && this.#answeredUnseen)) return false;
    return [...this.#unheard].some((each) => each.seesHeads || !seesHeads);
  }

  #waitMs(next: Waiting, now: number): number {
    const { inputTokens } = next;
    return Math.max(
      this.#probes(next) ? this.#lastAt + probeMs - now : 0,
      this.#stoppedUntil - now,
      this.#lastAt + this.#gapMs - now,
      this.#requests.waitMs(1, now),
      this.#input.waitMs(inputTokens, now),
      this.#output.waitMs(this.#usualOutput, now),
    );
  }

  #begin({ inputTokens: input, seesHeads }: Waiting, now: number): Turn {
    const expected = { input, output: this.#usualOutput, seesHeads };
    this.#requests.take(1, now);
    this.#input.take(expected.input, now);
    this.#output.take(expected.output, now);
    this.#unheard.add(expected);
    this.#lastAt = now;
    return {
      answered: (headers) => this.#answered(expected, headers),
      refused: (afterMs) => this.#refused(afterMs),
      over: ({ input: read, output: written }) => {
        const end = this.#clock.monotonic();
        this.#unheard.delete(expected);
        this.#input.take(read - expected.input, end);
        this.#output.take(written - expected.output, end);
        if (written > 0) this.#answeredWell(written);
        this.#pump();
      },
    };
  }

  #answered(expected: Expected, headers: Headers | null): void {
    this.#unheard.delete(expected);
    if (headers === null) this.#answeredUnseen = true;
    else this.#learn(headers);
    this.#pump();
  }

  #learn(headers: Headers): void {
    const now = this.#clock.monotonic();
    this.#known = true;
    const { requests, input, output } = ratesOf(headers);
    const pending = [...this.#unheard];
    if (requests !== null) this.#requests.learn(requests, pending.length, now);
    if (input !== null) this.#input.learn(input, sum(pending.map((each) => each.input)), now);
    if (output !== null) this.#output.learn(output, sum(pending.map((each) => each.output)), now);
  }

  #answeredWell(written: number): void {
    this.#usualOutput = this.#usualOutput * 0.8 + written * 0.2;
    this.#gapMs = this.#gapMs < leastGapMs ? 0 : this.#gapMs * 0.9;
  }

  #refused(afterMs: number | null): void {
    const { limit } = this.#requests;
    const steadyMs = limit === null ? leastGapMs : 60_000 / limit;
    this.#gapMs = Math.min(mostGapMs, Math.max(leastGapMs, steadyMs, this.#gapMs * 2));
    this.#stopAll(Math.max(afterMs ?? pauseMs, this.#gapMs));
  }
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

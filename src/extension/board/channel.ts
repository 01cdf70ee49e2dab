import type { ModuleId } from '../../core/ids.ts';
import type { Answer, Desk, Draft, HostMessage, Show, Travel } from '../../protocol/board.ts';
import type { LiveRun } from '../runs/runs.ts';

/** What a channel needs from outside. */
export interface ChannelPorts {
  readonly post: (message: HostMessage) => void;
  /** Calls back once after this long; what it gives cancels that. */
  readonly after: (ms: number, call: () => void) => () => void;
  readonly desk: () => Desk;
  readonly drafts: (run: LiveRun) => readonly Draft[];
}

/** Events that are appended within this long go in one batch; the first of them goes at once. */
const batchMs = 50;
const deskMs = 200;
/** A page that is shown again says `ready` when it was built anew; one that lived on says nothing. */
const wakeMs = 250;

/**
 * What one webview is told, in order. Nothing is sent to a view that cannot be seen: it gets a
 * snapshot when it is shown again.
 *
 *     asleep ── ready ──► awake: desk, snapshot n ──► batch n+1 ──► batch n+2 ──► …
 *        ▲                  │
 *        └──── hidden ──────┘
 */
export class Channel {
  readonly #ports: ChannelPorts;
  readonly #events: Pace;
  readonly #desk: Pace;
  #run: LiveRun | null = null;
  #following: readonly { dispose(): unknown }[] = [];
  /** The page is there and listens. */
  #awake = false;
  #visible = true;
  #cancelWake: (() => void) | null = null;
  /** Number of the last snapshot or batch. */
  #n = 0;
  /** How many of the run's events the page has. */
  #sent = 0;
  #show: Show | null = null;
  #refusal: string | null = null;

  constructor(ports: ChannelPorts) {
    this.#ports = ports;
    this.#events = new Pace(batchMs, ports, () => this.#sendBatch());
    this.#desk = new Pace(deskMs, ports, () => this.#post({ type: 'desk', desk: ports.desk() }));
  }

  get run(): LiveRun | null {
    return this.#run;
  }

  /** Shows another run, or none. */
  follow(run: LiveRun | null): void {
    if (run === this.#run) return;
    this.#unfollow();
    this.#run = run;
    if (run !== null) {
      this.#following = [
        run.onDidAppend(() => this.#events.hit()),
        run.onDidChange(() => {
          this.#post({ type: 'driver', run: run.key.run, driver: run.driver });
        }),
      ];
    }
    if (this.#awake) this.#sendRun();
  }

  /** The page was built and listens. */
  ready(): void {
    this.#cancelWake?.();
    this.#cancelWake = null;
    this.#awake = true;
    this.#desk.now();
    this.#sendRun();
    this.#sendLate();
  }

  /** The page has missed a batch. */
  resync(): void {
    if (this.#awake) this.#sendRun();
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.#cancelWake?.();
    this.#cancelWake = null;
    this.#awake = false;
    this.#events.stop();
    this.#desk.stop();
    if (visible) this.#cancelWake = this.#ports.after(wakeMs, () => this.ready());
  }

  deskChanged(): void {
    if (this.#awake) this.#desk.hit();
  }

  draft(module: ModuleId, draft: Draft | null): void {
    this.#post({ type: 'draft', module, draft });
  }

  answer(to: number, answer: Answer): void {
    this.#post({ type: 'answer', to, answer });
  }

  /** Waits for a page that is not there yet: what a person asked for must not go under. */
  refused(message: string): void {
    this.#refusal = message;
    this.#sendLate();
  }

  show(show: Show): void {
    this.#show = show;
    this.#sendLate();
  }

  /** A page that is not there yet has no moment to go from. */
  travel(to: Travel): void {
    this.#post({ type: 'travel', to });
  }

  dispose(): void {
    this.#unfollow();
    this.#desk.stop();
    this.#cancelWake?.();
    this.#awake = false;
  }

  #sendRun(): void {
    this.#events.stop();
    const run = this.#run;
    if (run === null) {
      this.#post({ type: 'no-run' });
      return;
    }
    const { key, driver, source, hasEnded = false } = run;
    const events = [...run.events];
    this.#sent = events.length;
    this.#n += 1;
    const from = source === undefined ? {} : { source };
    const gone = hasEnded ? { gone: true as const } : {};
    this.#post({ type: 'run', key, driver, n: this.#n, events, ...from, ...gone });
    for (const draft of this.#ports.drafts(run)) this.draft(draft.module, draft);
  }

  #sendBatch(): void {
    const run = this.#run;
    if (run === null || !this.#awake) return;
    const events = run.events.slice(this.#sent);
    if (events.length === 0) return;
    this.#sent += events.length;
    this.#n += 1;
    this.#post({ type: 'events', run: run.key.run, n: this.#n, events });
  }

  #sendLate(): void {
    if (!this.#awake) return;
    const [show, refusal] = [this.#show, this.#refusal];
    this.#show = this.#refusal = null;
    if (show !== null) this.#post({ type: 'show', show });
    if (refusal !== null) this.#post({ type: 'refused', message: refusal });
  }

  #post(message: HostMessage): void {
    if (this.#awake) this.#ports.post(message);
  }

  #unfollow(): void {
    for (const each of this.#following) each.dispose();
    this.#following = [];
    this.#events.stop();
  }
}

/** Calls at the first hit, and then at most once in so many milliseconds while hits come. */
class Pace {
  readonly #ms: number;
  readonly #after: ChannelPorts['after'];
  readonly #call: () => void;
  #cancel: (() => void) | null = null;
  #again = false;

  constructor(ms: number, { after }: Pick<ChannelPorts, 'after'>, call: () => void) {
    this.#ms = ms;
    this.#after = after;
    this.#call = call;
  }

  hit(): void {
    if (this.#cancel !== null) this.#again = true;
    else this.now();
  }

  now(): void {
    this.stop();
    this.#cancel = this.#after(this.#ms, () => {
      this.#cancel = null;
      if (this.#again) this.now();
    });
    this.#call();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#again = false;
  }
}

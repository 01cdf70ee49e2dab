import type { RunEvent } from '../../core/events.ts';
import { accountOf } from '../../core/projections/account.ts';
import { compareRuns } from '../../core/projections/compare-runs.ts';
import { upcastEvent } from '../../core/upcast.ts';
import type { BoardMessage, Desk, HostMessage, RunKey } from '../../protocol/board.ts';
import type { PreviewHostMessage, PreviewMessage } from '../../protocol/preview.ts';
import { controls } from './controls.ts';

/** Plays a journal where the editor's host would tell of a run. */
export function installStandIn(journal: string, address: URLSearchParams): void {
  const events = journal
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => upcastEvent(JSON.parse(line) as RunEvent));
  const stand =
    address.get('surface') === 'preview'
      ? previewOf(events, address)
      : new StandIn(events, address);
  const stateKey = 'ashlar-dev-state';
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (message: BoardMessage & PreviewMessage) => stand.hear(message),
      getState: () => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') as unknown,
      setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
    }),
  });
}

/** The plan of the run as somebody would write it; `broken` in the address: with a slip in it. */
function previewOf(events: readonly RunEvent[], address: URLSearchParams) {
  const first = events[0];
  if (first?.type !== 'run-started') throw new Error('the journal does not begin with a run');
  const send = (message: PreviewHostMessage): void => window.postMessage(message);
  return {
    hear: (message: PreviewMessage): void => {
      if (message.type === 'preview-reveal') send({ type: 'preview-cursor', ref: message.ref });
      if (message.type !== 'ready') return;
      send({ type: 'preview-of', uri: 'file:///workspace/a.plan.yaml', file: 'a.plan.yaml' });
      const broken = address.get('broken');
      const { plan } = first;
      if (broken !== 'wholly') {
        send({ type: 'preview-plan', plan, estimates: "by the plan's estimates" });
      }
      if (broken === null) return;
      const says = 'the plan has no module "lexr"; did you mean "lexer"?';
      const troubles = [
        { line: 41, message: says },
        { line: 57, message: 'tiers and modules wait for each other: frontend, parser' },
      ];
      send({ type: 'preview-troubles', troubles, more: 2 });
    },
  };
}

const TICK_MS = 100;

class StandIn {
  readonly #events: readonly RunEvent[];
  readonly #key: RunKey;
  readonly #artifact: string;
  readonly #panel: ReturnType<typeof controls> | null;
  readonly #speed: number;
  readonly #compares: boolean;
  /** How many events have been told. */
  #told: number;
  #playing: boolean;
  #n = 0;
  /** On the journal's clock. */
  #now: number;

  constructor(events: readonly RunEvent[], address: URLSearchParams) {
    const first = events[0];
    if (first?.type !== 'run-started') throw new Error('the journal does not begin with a run');
    this.#events = events;
    this.#key = { folder: 'file:///workspace', run: first.run };
    this.#artifact = first.plan.artifact.name;
    const at = address.get('at');
    this.#told = at === null ? 1 : Math.min(events.length, Math.max(1, Number(at)));
    this.#playing = at === null;
    this.#compares = address.get('surface') === 'compare';
    this.#speed = Number(address.get('speed') ?? '1');
    this.#now = events[this.#told - 1]?.at ?? first.at;
    this.#panel = address.has('bare')
      ? null
      : controls(events.length, {
          move: (to) => this.#moveTo(to),
          play: () => (this.#playing = !this.#playing),
        });
    setInterval(() => this.#tick(), TICK_MS);
    setInterval(() => this.#sendDesk(), 5_000);
  }

  hear(message: BoardMessage): void {
    switch (message.type) {
      case 'ready':
        if (this.#compares) {
          this.#sendComparison();
          break;
        }
        this.#sendDesk();
        this.#snapshot();
        break;
      case 'resync':
        this.#panel?.log('resync');
        this.#snapshot();
        break;
      case 'act':
        this.#panel?.log(JSON.stringify(message.action));
        break;
      case 'ask':
        this.#panel?.log(JSON.stringify(message.question));
        this.#send({
          type: 'answer',
          to: message.id,
          answer: { about: 'failure', message: 'A recorded run has no files to show.' },
        });
        break;
    }
  }

  #tick(): void {
    if (!this.#playing || this.#told >= this.#events.length) return;
    this.#now += TICK_MS * this.#speed;
    const from = this.#told;
    while ((this.#events[this.#told]?.at ?? Infinity) <= this.#now) this.#told++;
    if (this.#told === from) return;
    const events = this.#events.slice(from, this.#told);
    this.#send({ type: 'events', run: this.#key.run, n: ++this.#n, events });
    this.#panel?.show(this.#told);
  }

  #moveTo(told: number): void {
    this.#told = told;
    this.#now = this.#events[told - 1]?.at ?? this.#now;
    this.#snapshot();
  }

  #snapshot(): void {
    const events = this.#events.slice(0, this.#told);
    this.#send({ type: 'run', key: this.#key, driver: 'here', n: ++this.#n, events });
    this.#panel?.show(this.#told);
  }

  /** The whole of the run beside what has been told of it. */
  #sendComparison(): void {
    const [whole, told] = [accountOf(this.#events), accountOf(this.#events.slice(0, this.#told))];
    if (whole === null || told === null) throw new Error('there are no events');
    const keys = [this.#key, this.#key] as const;
    this.#send({ type: 'comparison', keys, comparison: compareRuns(whole, told) });
  }

  #sendDesk(): void {
    const started = this.#events[0]?.at ?? 0;
    const desk: Desk = {
      at: this.#now,
      trusted: true,
      folders: [{ uri: this.#key.folder, name: 'workspace', plans: [] }],
      runs: [
        {
          key: this.#key,
          artifact: this.#artifact,
          outcome: null,
          reason: '',
          paused: false,
          startedAt: started,
          elapsedMs: this.#now - started,
          sealed: 0,
          modules: 0,
          spent: { tokens: 0, microUsd: 0, turns: 0, ms: 0 },
          money: 'known',
          needs: 0,
          driver: 'here',
          problem: null,
        },
      ],
      current: this.#key,
      starting: null,
    };
    this.#send({ type: 'desk', desk });
  }

  #send(message: HostMessage): void {
    // As the editor does: later, and as a copy.
    setTimeout(() => window.postMessage(message, location.origin), 0);
  }
}

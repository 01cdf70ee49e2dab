import type { Engine, Opened, Session } from '../../src/cli/engine.ts';
import type { Refusal } from '../../src/core/commands/refusal.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { RunState } from '../../src/core/state.ts';
import type { PersonRequest } from '../../src/engine/person-request.ts';
import type { SessionOptions } from '../../src/engine/run-session.ts';
import { runId } from '../../src/core/ids.ts';
import type { Story } from '../core/projections/story.ts';

export const run = runId('20260301-1200-ab3d');

/** An engine that answers as it is told; what it is not told of, it must not be asked. */
export function fakeEngine(answers: Partial<Engine>): Engine {
  const unasked = (name: string) => () => Promise.reject(new Error(`${name} was not expected`));
  const names = [
    ...([
      'checkPlan',
      'fixPlan',
      'planGoal',
      'previewPlan',
      'startRun',
      'resumeRun',
      'listRuns',
      'readRun',
      'verifyRun',
      'checkAgain',
    ] as const),
    ...(['readReport', 'sendCommand', 'preparePullRequest', 'openPullRequest'] as const),
  ];
  const all = Object.fromEntries(names.map((name) => [name, unasked(name)]));
  const findPlanning = async () => Promise.resolve(null);
  const chosenModels = async () => Promise.resolve({});
  return { ...(all as unknown as Engine), findPlanning, chosenModels, ...answers };
}

/** An engine in whose folder one run lies, as the story has told it so far. */
export function engineWith(story: Story, driver: { pid: number; host: string } | null = null) {
  const sent: PersonRequest[] = [];
  const engine = fakeEngine({
    listRuns: async () => [run],
    readRun: async () => ({
      ok: true,
      record: {
        ...{ run, folder: '', state: story.state, events: story.events },
        ...{ problems: [], torn: null, waiting: 0, driver },
      },
    }),
    readReport: async () => '# report',
    verifyRun: async () => ({ ok: true, run, problems: [], checked: { events: 3, seals: 1 } }),
    sendCommand: async (_workspace, _run, request) => {
      sent.push(request);
      return { ok: true, how: driver === null ? 'left-for-resume' : 'done' };
    },
  });
  return { engine, sent };
}

/** A session that a test plays: it tells what the story has told since it last looked. */
export class FakeSession implements Session {
  readonly run = run;
  readonly events: RunEvent[] = [];
  readonly asked: unknown[] = [];
  stopped = false;
  readonly finished: Promise<RunState>;
  readonly begun = Promise.resolve();
  /** Resolves when the run is open and whoever opened it has gone on. */
  readonly opened: Promise<void>;
  readonly #story: Story;
  #opened!: () => void;
  #end!: (state: RunState) => void;
  #fail!: (error: Error) => void;
  options: SessionOptions | null = null;

  constructor(story: Story) {
    this.#story = story;
    this.finished = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    this.opened = new Promise((resolve) => (this.#opened = resolve));
    this.finished.catch(() => undefined);
  }

  get state(): RunState {
    return this.#story.state;
  }

  open = async (options: SessionOptions): Promise<Opened> => {
    this.options = options;
    this.tell();
    setImmediate(this.#opened);
    return { ok: true, session: this };
  };

  tell(): void {
    const added = this.#story.events.slice(this.events.length);
    this.events.push(...added);
    this.options?.observe(added, this.#story.state);
  }

  end(): void {
    this.tell();
    this.#end(this.#story.state);
  }

  fail(error: Error): void {
    this.#fail(error);
  }

  async ask(command: unknown): Promise<Refusal | null> {
    this.asked.push(command);
    return null;
  }

  stop(): void {
    this.stopped = true;
    this.#end(this.#story.state);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
  }
}

import { replay, replayEvent, type Replayed } from '../core/projections/timeline.ts';
import { runStatus } from '../core/projections/run-status.ts';
import { isOver, type RunState } from '../core/state.ts';
import type { RunId } from '../core/ids.ts';
import type { RunEvent } from '../core/events.ts';
import type { SessionOptions } from '../engine/run-session.ts';
import type { Arguments } from './arguments.ts';
import type { Opened, Session } from './engine.ts';
import type { Interrupt } from './interrupt.ts';
import { modelOptions } from './model-options.ts';
import { jsonLines } from './progress/json-lines.ts';
import { LiveRegion } from './progress/live-region.ts';
import { plainLines } from './progress/plain-lines.ts';
import { goOn } from './go-on.ts';
import { summary } from './progress/summary.ts';
import type { Watcher } from './progress/watcher.ts';
import { refuse } from './refuse.ts';
import type { VerbContext } from './verb.ts';

export interface Driven {
  readonly open: (options: SessionOptions) => Promise<Opened>;
  /** Once the session is open. */
  readonly opened?: (session: Session) => Promise<void>;
}

/**
 * Drives a run to its end or to where it needs a person, and shows it meanwhile. The first
 * interrupt stops the driver cleanly, so that the run can be resumed; the second one ends at once.
 */
export async function drive(
  context: VerbContext,
  given: Arguments,
  { open, opened }: Driven,
  interrupt: Interrupt,
): Promise<number> {
  const { terminal, program } = context;
  const json = given.flag('json');
  const watcher = json
    ? jsonLines(terminal)
    : terminal.isTty
      ? new LiveRegion(terminal, program)
      : plainLines(terminal);
  const following = new Following(watcher);
  let state: RunState;
  let run: RunId | null = null;
  try {
    const answer = await open({
      agents: given.option('agents'),
      script: given.option('script'),
      models: modelOptions(given, context.env),
      speed: Number(given.option('speed') ?? 1),
      autoApprove: given.flag('yes'),
      withoutInsights: given.flag('no-insights'),
      stayOpen: false,
      observe: (events) => following.observe(events),
      onNote: (text) => watcher.note(text),
      signal: interrupt.signal,
    });
    if (!answer.ok) {
      watcher.end();
      return interrupt.code ?? refuse(terminal, answer.message);
    }
    await using session = answer.session;
    run = session.run;
    following.attach(session);
    using _closed = terminal.onClosed(() => session.stop());
    using _stop = interrupt.onStop(() => {
      watcher.note(`stopping; go on later with: ${goOn(program, session.run, given)}`);
      session.stop();
    });
    await opened?.(session);
    state = await session.finished;
  } catch (error) {
    watcher.end();
    // What was aborted ends with errors of its own; nobody needs to see them.
    if (interrupt.code !== null) return interrupt.code;
    if (run !== null) terminal.err(`the run stays as it is; go on: ${goOn(program, run, given)}\n`);
    throw error;
  }
  watcher.end();
  const { replayed } = following;
  if (replayed !== null) {
    const lines = summary(runStatus(replayed, state.at), state, program, state.at, given);
    const text = lines.map((line) => `${line}\n`).join('');
    if (json) terminal.err(text);
    else terminal.out(text);
  }
  return interrupt.code ?? exitCode(state);
}

/** 0 complete, 1 failed or cancelled, 3 waits for a person. */
function exitCode(state: RunState): number {
  if (isOver(state) && state.phase.at === 'finished') {
    return state.phase.outcome === 'complete' ? 0 : 1;
  }
  return state.needPerson > 0 || state.pausedAt !== null ? 3 : 1;
}

/** Keeps the fold of a run in step with what its session tells. */
class Following {
  readonly #watcher: Watcher;
  /** Told before it was known what came before them. */
  #early: RunEvent[] | null = [];
  replayed: Replayed | null = null;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
  }

  attach({ events }: Session): void {
    const early = this.#early ?? [];
    this.#early = null;
    const first = early[0]?.seq ?? Infinity;
    this.replayed = replay(events.filter(({ seq }) => seq < first));
    if (this.replayed !== null) this.#watcher.begin(this.replayed);
    if (early.length > 0) this.observe(early);
  }

  observe(events: readonly RunEvent[]): void {
    if (this.#early !== null) {
      this.#early.push(...events);
      return;
    }
    for (const event of events) {
      this.replayed = replayEvent(this.replayed, event);
      this.#watcher.event(event, this.replayed);
    }
    if (this.replayed !== null) this.#watcher.turned(this.replayed);
  }
}

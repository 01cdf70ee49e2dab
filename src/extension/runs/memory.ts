import { isRunId } from '../../core/ids.ts';
import type { DeskRun, RunKey } from '../../protocol/board.ts';
import { isSameRun } from '../../protocol/run-key.ts';
import { keyText } from './run-place.ts';
import type { RunsHost } from './runs-host.ts';

/** That this workspace's window drives a run; still there at the next start if it did not end. */
export interface Driving {
  readonly key: RunKey;
  /** Of the extension host, so that its lock is known for one of ours. */
  readonly pid: number;
}

/** A run that is over, as it was read last. */
export interface PastRun {
  /** Of the journal that it was read from. */
  readonly stamp: string;
  readonly line: DeskRun;
}

const names = {
  driving: 'ashlar.driving',
  selected: 'ashlar.selected',
  /** The number is that of the lines' shape. */
  past: 'ashlar.past.1',
} as const;

const mostPast = 500;

/** What outlives the window. Everything here may be missing; nothing depends on its being right. */
export class Memory {
  readonly #store: RunsHost['memory'];
  readonly #past: Map<string, PastRun>;

  constructor(store: RunsHost['memory']) {
    this.#store = store;
    this.#past = new Map(Object.entries(store.get<Record<string, PastRun>>(names.past, {})));
  }

  get driving(): readonly Driving[] {
    return this.#store.get<readonly Driving[]>(names.driving, []).filter(({ key }) => isKey(key));
  }

  drives(key: RunKey): Driving | null {
    return this.driving.find((each) => isSameRun(each.key, key)) ?? null;
  }

  rememberDriving(key: RunKey, pid: number): Promise<void> {
    const others = this.driving.filter((each) => !isSameRun(each.key, key));
    return this.#keep(names.driving, [...others, { key, pid }]);
  }

  forgetDriving(key: RunKey): Promise<void> {
    const others = this.driving.filter((each) => !isSameRun(each.key, key));
    return this.#keep(names.driving, others);
  }

  get selected(): RunKey | null {
    const key = this.#store.get<RunKey | null>(names.selected, null);
    return isKey(key) ? key : null;
  }

  select(key: RunKey | null): Promise<void> {
    return this.#keep(names.selected, key);
  }

  past(key: RunKey): PastRun | null {
    return this.#past.get(keyText(key)) ?? null;
  }

  /** The latest names first, so that the oldest runs are read again where there are too many. */
  rememberPast(past: PastRun): Promise<void> {
    this.#past.set(keyText(past.line.key), past);
    const kept = [...this.#past].sort(([one], [other]) => (one < other ? 1 : -1));
    return this.#keep(names.past, Object.fromEntries(kept.slice(0, mostPast)));
  }

  async forgetPast(key: RunKey): Promise<void> {
    if (!this.#past.delete(keyText(key))) return;
    await this.#keep(names.past, Object.fromEntries(this.#past));
  }

  /** What cannot be remembered is not worth failing for. */
  async #keep(name: string, value: unknown): Promise<void> {
    try {
      await this.#store.update(name, value);
    } catch {
      // The next window asks where this one would have known.
    }
  }
}

const isKey = (key: RunKey | null): key is RunKey =>
  key !== null && typeof key.folder === 'string' && typeof key.run === 'string' && isRunId(key.run);

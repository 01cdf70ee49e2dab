import { t } from '../../core/language.ts';
import type { ModuleId } from '../../core/ids.ts';
import type { ContractDraft } from '../../engine/draft/contract-draft.ts';
import type { Draft } from '../../protocol/board.ts';
import { Emitter } from '../runs/emitter.ts';
import { keyText } from '../runs/run-place.ts';
import type { LiveRun } from '../runs/runs.ts';

/** What the table of drafts needs from outside. */
export interface DraftTablePorts {
  /** The modules of a run that have a draft on disk. */
  readonly list: (run: LiveRun) => Promise<readonly ModuleId[]>;
  /** What a draft on disk is by now; null where there is none. */
  readonly read: (run: LiveRun, module: ModuleId) => Promise<ContractDraft | null>;
  /** The first of a draft's files that is not saved, as a person knows it; null where all are. */
  readonly unsaved: (run: LiveRun, module: ModuleId) => string | null;
  readonly log: (message: string) => void;
}

interface Row {
  draft: ContractDraft | null;
  /** Of the latest reading: an older answer never covers a newer one. */
  reading: number;
}

interface Following {
  readonly run: LiveRun;
  readonly rows: Map<ModuleId, Row>;
  readonly stop: () => void;
}

/** The drafts of the runs that somebody looked at, kept in step with the disk and with the runs. */
export class DraftTable {
  readonly #ports: DraftTablePorts;
  readonly #following = new Map<string, Following>();
  readonly #changed = new Emitter<{ readonly run: LiveRun; readonly module: ModuleId }>();
  readonly onDidChange = this.#changed.event;

  constructor(ports: DraftTablePorts) {
    this.#ports = ports;
  }

  get(run: LiveRun, module: ModuleId): Draft | null {
    const draft = this.#follow(run).rows.get(module)?.draft ?? null;
    return draft === null ? null : this.#shown(run, draft);
  }

  /** What is known now; whatever is still being read is told as a change. */
  list(run: LiveRun): Draft[] {
    const drafts = [...this.#follow(run).rows.values()].map(({ draft }) => draft);
    return drafts.filter((draft) => draft !== null).map((draft) => this.#shown(run, draft));
  }

  /** Reads a draft anew, and tells it. */
  async refresh(run: LiveRun, module: ModuleId): Promise<ContractDraft | null> {
    const { rows } = this.#follow(run);
    const row = rows.get(module) ?? { draft: null, reading: 0 };
    rows.set(module, row);
    row.reading += 1;
    const { reading } = row;
    let draft: ContractDraft | null = null;
    try {
      draft = await this.#ports.read(run, module);
    } catch (error) {
      this.#ports.log(`the draft of ${module} cannot be read: ${String(error)}`);
    }
    if (row.reading !== reading) return row.draft;
    row.draft = draft;
    if (draft === null) rows.delete(module);
    this.#changed.fire({ run, module });
    return draft;
  }

  /** Looks again which drafts there are, of all runs that somebody looked at. */
  reload(): void {
    for (const { run } of this.#following.values()) void this.#load(run);
  }

  dispose(): void {
    for (const { stop } of this.#following.values()) stop();
    this.#following.clear();
    this.#changed.dispose();
  }

  #shown(run: LiveRun, { kind, module, from, files, problem, stale }: ContractDraft): Draft {
    const name = stale ? null : this.#ports.unsaved(run, module);
    const unsaved = name === null ? null : t('{0} is not saved.', name);
    return { kind, module, from, files, problem: unsaved ?? problem };
  }

  #follow(run: LiveRun): Following {
    const key = keyText(run.key);
    const known = this.#following.get(key);
    if (known?.run === run) return known;
    known?.stop();
    const rows = new Map<ModuleId, Row>();
    const subscription = run.onDidAppend((events) => {
      // A new version makes a draft stale.
      const modules = new Set(
        events.flatMap((event) => (event.type === 'contract-amended' ? [event.module] : [])),
      );
      for (const module of modules) if (rows.has(module)) void this.refresh(run, module);
    });
    const stop = (): void => void subscription.dispose();
    const following = { run, rows, stop };
    this.#following.set(key, following);
    void this.#load(run);
    return following;
  }

  async #load(run: LiveRun): Promise<void> {
    const modules = await this.#ports.list(run).catch((error: unknown) => {
      this.#ports.log(`the drafts of ${run.key.run} cannot be listed: ${String(error)}`);
      return [];
    });
    await Promise.all(modules.map((module) => this.refresh(run, module)));
  }
}

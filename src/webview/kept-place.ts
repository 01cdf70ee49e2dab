import type { ModuleId } from '../core/ids.ts';
import type { BoardView, RunKey } from '../protocol/board.ts';
import { isSameRun } from '../protocol/run-key.ts';
import type { Host } from './host.ts';
import type { BoardState } from './store.ts';

/** Where a person is in a run. */
type Place = Pick<BoardState, 'view' | 'selected' | 'amending' | 'reasons' | 'notes' | 'folded'>;

/** What outlives a reload; the editor's serializer reads `key` of it. */
interface Kept {
  readonly key: RunKey | null;
  readonly view: BoardView;
  readonly selected: ModuleId | null;
  readonly amending: ModuleId | null;
  readonly folded?: readonly string[];
  readonly reasons?: readonly (readonly [ModuleId, string])[];
  readonly notes?: readonly (readonly [string, string])[];
}

/** More folded tiers are not kept. */
const MOST_FOLDED = 2_000;
/** The latest are kept: older ones are about submissions that were decided. */
const MOST_NOTES = 20;

/** Where everybody begins. */
export const nowhere: Place = {
  ...{ view: 'graph', selected: null, amending: null },
  reasons: new Map<ModuleId, string>(),
  notes: new Map<string, string>(),
  folded: new Set<string>(),
};

/** What is kept may be of another version of this page. */
const views: readonly BoardView[] = ['graph', 'streams', 'gates', 'table', 'account'];

/** Where a person was in this run before a reload. */
export function keptPlace(link: Pick<Host, 'kept'>, key: RunKey): Place | null {
  const kept = link.kept() as Partial<Kept> | null;
  if (kept?.key === undefined || kept.key === null || !isSameRun(kept.key, key)) return null;
  const { view, selected = null, amending = null, reasons = [], notes = [], folded = [] } = kept;
  return {
    view: views.find((each) => each === view) ?? 'graph',
    ...{ selected, amending, reasons: new Map(reasons), notes: new Map(notes) },
    folded: new Set(folded.slice(0, MOST_FOLDED)),
  };
}

/** Keeps it where it has changed. */
export function keepPlace(link: Pick<Host, 'keep'>, now: BoardState, before: BoardState): void {
  const { key, view, selected, amending, reasons, notes, folded } = now;
  const moved =
    key !== before.key ||
    view !== before.view ||
    selected !== before.selected ||
    amending !== before.amending ||
    reasons !== before.reasons ||
    notes !== before.notes ||
    folded !== before.folded;
  if (!moved) return;
  const kept: Kept = {
    ...{ key, view, selected, amending },
    ...(folded.size === 0 ? {} : { folded: [...folded].slice(0, MOST_FOLDED) }),
    ...(reasons.size === 0 ? {} : { reasons: [...reasons] }),
    ...(notes.size === 0 ? {} : { notes: [...notes].slice(-MOST_NOTES) }),
  };
  link.keep(kept);
}

import type { ModuleId } from '../core/ids.ts';
import type { BoardView, RunKey } from '../protocol/board.ts';
import { isSameRun } from '../protocol/run-key.ts';
import type { Host } from './host.ts';
import type { BoardState } from './store.ts';

/** Where a person is in a run. */
type Place = Pick<BoardState, 'view' | 'selected' | 'amending' | 'reasons'>;

/** What outlives a reload; the editor's serializer reads `key` of it. */
interface Kept {
  readonly key: RunKey | null;
  readonly view: BoardView;
  readonly selected: ModuleId | null;
  readonly amending: ModuleId | null;
  readonly reasons?: readonly (readonly [ModuleId, string])[];
}

/** Where everybody begins. */
export const nowhere: Place = {
  ...{ view: 'graph', selected: null, amending: null },
  reasons: new Map<ModuleId, string>(),
};

/** What is kept may be of another version of this page. */
const views: readonly BoardView[] = ['graph', 'streams', 'gates', 'table', 'account'];

/** Where a person was in this run before a reload. */
export function keptPlace(link: Pick<Host, 'kept'>, key: RunKey): Place | null {
  const kept = link.kept() as Partial<Kept> | null;
  if (kept?.key === undefined || kept.key === null || !isSameRun(kept.key, key)) return null;
  const { view, selected = null, amending = null, reasons = [] } = kept;
  return {
    view: views.find((each) => each === view) ?? 'graph',
    ...{ selected, amending, reasons: new Map(reasons) },
  };
}

/** Keeps it where it has changed. */
export function keepPlace(link: Pick<Host, 'keep'>, now: BoardState, before: BoardState): void {
  const { key, view, selected, amending, reasons } = now;
  const moved =
    key !== before.key ||
    view !== before.view ||
    selected !== before.selected ||
    amending !== before.amending ||
    reasons !== before.reasons;
  if (!moved) return;
  const kept: Kept = { key, view, selected, amending };
  link.keep(reasons.size === 0 ? kept : { ...kept, reasons: [...reasons] });
}

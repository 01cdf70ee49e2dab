import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunEvent } from '../core/events.ts';
import type { ModuleId, NodeRef } from '../core/ids.ts';
import { t } from '../core/language.ts';
import { chronicleEvent, type Chronicle } from '../core/projections/chronicle.ts';
import { unreachable } from '../core/unreachable.ts';
import type {
  BoardView,
  Desk,
  Draft,
  Driver,
  HostMessage,
  RunBatch,
  RunKey,
  RunSnapshot,
  Show,
  Travel,
} from '../protocol/board.ts';
import { isSameRun } from '../protocol/run-key.ts';
import type { Source } from '../protocol/source.ts';
import { beginsAnew } from './begins-anew.ts';
import type { StateGroup } from './board/state-group.ts';
import { setHostTime, setMoment, tick } from './clock.ts';
import { handsOver } from './graph/hands-over.ts';
import { host, type Host } from './host.ts';
import { keepPlace, keptPlace, nowhere } from './kept-place.ts';
import { paced } from './pace.ts';
import { Moments } from './time/moments.ts';

/** What a person wants to see of how modules depend on each other. */
export interface Traces {
  /** What decides how long the run still takes. */
  readonly critical: boolean;
  /** What holds the selected module up, and nothing else. */
  readonly blockers: boolean;
}

/**
 * A module that the graph brings into view, and `near`; `quietly`: where a person types stays where
 * it is.
 */
export interface Focus {
  readonly module: ModuleId;
  readonly near?: boolean;
  readonly quietly?: true;
}

/** All that board and sidebar show, and where a person is in it. */
export interface BoardState {
  readonly surface: 'board' | 'sidebar';
  /** null until the host has told. */
  readonly desk: Desk | null;
  readonly key: RunKey | null;
  readonly driver: Driver;
  /** Where a run comes from that can only be looked at; null for a run of this window. */
  readonly source: Source | null;
  /** Its folder was there and is no longer: what is shown is what was last read. */
  readonly gone: boolean;
  readonly chronicle: Chronicle | null;
  /** The run at all its moments, for what is told from its whole course. Board only. */
  readonly moments: Moments;
  /** Which moment is looked at; null: the present. Then `chronicle` is the run as it was. */
  readonly moment: number | null;
  /** What was handed over just now, live or in a replay; a new list each time. */
  readonly happened: readonly RunEvent[];
  readonly drafts: ReadonlyMap<ModuleId, Draft>;
  /** What a person has written so far as the reason of an amendment. */
  readonly reasons: ReadonlyMap<ModuleId, string>;
  /** What a person has written so far about what a gate asks, by gate and submission. */
  readonly notes: ReadonlyMap<string, string>;
  /** What did not work; stays until it is put away, or a run is prepared, begins or is turned to. */
  readonly refusal: string | null;
  readonly view: BoardView;
  readonly selected: ModuleId | null;
  /** The tier or gate whose details are shown instead of a module's. */
  readonly gate: NodeRef | null;
  readonly amending: ModuleId | null;
  /** Which modules are shown; an empty list shows all. */
  readonly filter: readonly StateGroup[];
  /** Tiers that are one stone in the graph and one row in the table, by name; '' what is in no tier. */
  readonly folded: ReadonlySet<string>;
  /** What the graph draws over itself. */
  readonly traces: Traces;
  /** What the graph is to bring into view; a new object each time it is asked for, null once it has done so. */
  readonly focus: Focus | null;
  /** What a key led to; a new object each time, so that the same words are told again. */
  readonly said: { readonly text: string };
  /** Where a person asked outside of the board to go in time; a new object each time. */
  readonly asked: { readonly to: Travel } | null;
  readonly select: (module: ModuleId | null) => void;
  readonly selectGate: (gate: NodeRef | null) => void;
  readonly open: (view: BoardView) => void;
  readonly amend: (module: ModuleId | null) => void;
  readonly giveReason: (module: ModuleId, reason: string) => void;
  readonly writeNote: (about: string, note: string) => void;
  readonly focusModule: (module: ModuleId, near?: boolean) => void;
  /** It has been brought into view; what was asked for since then stays. */
  readonly focused: (focus: Focus) => void;
  readonly say: (text: string) => void;
  readonly fold: (tiers: readonly string[], folded: boolean) => void;
  readonly showOnly: (filter: readonly StateGroup[]) => void;
  readonly trace: (changed: Partial<Traces>) => void;
  /** Looks at an earlier moment; null, and every moment from the last one on, is the present. What lies
   * between happens before one's eyes where it is played. */
  readonly goTo: (moment: number | null, played?: boolean) => void;
  readonly dismissRefusal: () => void;
}

/** A store, and the channel that fills it once it is connected. */
export interface Board {
  readonly store: StoreApi<BoardState>;
  connect(surface: BoardState['surface']): void;
}

/** Boards of more modules renew their clock in a picture of its own. */
const MOST_AT_ONCE = 2_000;

/** Calls back before the next picture is painted; is answered with how many events that shows. */
type NextFrame = (run: () => number) => void;

/**
 * The store of one webview. Events are folded at most once a frame, however
 * many batches arrived in it.
 *
 *     snapshot n ──► batch n+1 ──► batch n+2 ──► …
 *                        │ a number is missing
 *                        ▼
 *                     resync: batches are ignored until the next snapshot
 */
export function createBoard(link: Host, nextFrame: NextFrame): Board {
  /** Number of the batch that comes next; null while there is nothing it could follow. */
  let next: number | null = null;
  let waiting: RunEvent[] = [];
  let framed = false;

  const store = createStore<BoardState>()((set, get) => ({
    surface: 'board',
    desk: null,
    key: null,
    driver: 'nobody',
    source: null,
    gone: false,
    chronicle: null,
    moments: new Moments(),
    moment: null,
    happened: [],
    drafts: new Map(),
    reasons: new Map(),
    notes: new Map(),
    refusal: null,
    view: 'graph',
    selected: null,
    gate: null,
    amending: null,
    filter: [],
    folded: new Set(),
    traces: { critical: true, blockers: false },
    focus: null,
    asked: null,
    said: { text: '' },
    // What was to be brought into view is no longer what is looked at.
    select: (selected) =>
      set(({ focus }) => ({
        ...{ selected, gate: null, focus: focus?.module === selected ? focus : null },
      })),
    selectGate: (gate) => set(gate === null ? { gate } : { gate, selected: null }),
    open: (view) => set({ view }),
    amend: (amending) => set({ amending }),
    giveReason: (module, reason) =>
      set(({ reasons }) => ({ reasons: new Map(reasons).set(module, reason) })),
    writeNote: (about, note) =>
      set(({ notes: before }) => {
        const notes = new Map(before);
        notes.delete(about);
        if (note !== '') notes.set(about, note);
        return { notes };
      }),
    focusModule: (module, near = false) => set({ focus: near ? { module, near } : { module } }),
    focused: (done) => set(({ focus }) => (focus === done ? { focus: null } : {})),
    say: (text) => set({ said: { text } }),
    fold: (tiers, folded) =>
      set(({ folded: before }) => {
        const after = new Set(before);
        for (const tier of tiers) {
          if (folded) after.add(tier);
          else after.delete(tier);
        }
        return { folded: after };
      }),
    showOnly: (filter) => set({ filter }),
    trace: (changed) => set(({ traces }) => ({ traces: { ...traces, ...changed } })),
    goTo: (moment, played = false) => {
      const before = get();
      const { moments } = before;
      const now = lookingAt(before, moment);
      const seen = played
        ? moments.events.slice(before.moment ?? moments.length, now.moment ?? moments.length)
        : [];
      set({ ...now, ...happening(seen) });
    },
    dismissRefusal: () => set({ refusal: null }),
  }));

  const fold = (): number => {
    framed = false;
    const events = waiting;
    waiting = [];
    if (events.length === 0) return 0;
    try {
      const { chronicle, surface, moments, moment } = store.getState();
      // What is dear to draw is not drawn in one go with what is dear to sum up.
      if ((chronicle?.state.graph.modules ?? 0) <= MOST_AT_ONCE) tick();
      if (surface === 'sidebar') store.setState({ chronicle: folded(chronicle, events) });
      else {
        moments.append(events);
        // Who looks at the past is not taken out of it.
        store.setState(
          moment === null ? { chronicle: moments.last, ...happening(events) } : { moments },
        );
      }
    } catch {
      // What came does not follow what is here.
      next = null;
      link.resync();
    }
    return events.length;
  };

  const snapshot = (message: RunSnapshot): void => {
    const before = store.getState();
    waiting = [];
    next = message.n + 1;
    const { key, driver, source = null } = message;
    let chronicle: Chronicle | null;
    const moments = new Moments();
    try {
      if (before.surface === 'sidebar') chronicle = folded(null, message.events);
      else {
        moments.append(message.events);
        chronicle = moments.last;
      }
    } catch (error) {
      next = null;
      const refusal = t("This run's events cannot be shown: {0}", messageOf(error));
      store.setState({ key, driver, source, chronicle: null, ...present(), refusal });
      return;
    }
    const same = before.key !== null && isSameRun(before.key, key);
    // The first run of this page may be the one that was looked at before a reload.
    const kept = before.key === null ? keptPlace(link, key) : null;
    const place = same ? before : (kept ?? nowhere);
    const known = (module: ModuleId | null): ModuleId | null =>
      module !== null && chronicle?.state.graph.moduleIndex.has(module) === true ? module : null;
    store.setState({
      key,
      driver,
      source,
      chronicle,
      ...present(moments, source),
      gone: message.gone === true,
      drafts: same ? before.drafts : new Map(),
      reasons: place.reasons,
      notes: place.notes,
      folded: place.folded,
      view: place.view,
      selected: known(place.selected),
      amending: known(place.amending),
      ...(same ? {} : { refusal: null, gate: null, focus: null }),
    });
    if (message.gone === true) setMoment(chronicle?.state.at ?? null);
    if (same && before.moment !== null) store.setState(lookingAt(store.getState(), before.moment));
  };

  const batch = (message: RunBatch): void => {
    const { key } = store.getState();
    if (next === null || key?.run !== message.run) return;
    if (message.n !== next) {
      next = null;
      waiting = [];
      link.resync();
      return;
    }
    next++;
    waiting.push(...message.events);
    if (framed) return;
    framed = true;
    nextFrame(fold);
  };

  const draft = (module: ModuleId, draft: Draft | null): void => {
    const { drafts, reasons: given, amending } = store.getState();
    const after = new Map(drafts);
    const reasons = new Map(given);
    if (draft !== null) after.set(module, draft);
    // It was confirmed or thrown away: its reason is no reason for the next one. One that was not
    // there yet is only just being laid out.
    const gone = draft === null && after.delete(module);
    if (gone) reasons.delete(module);
    const over = gone && amending === module;
    store.setState({ drafts: after, reasons, ...(over ? { amending: null } : {}) });
  };

  const show = (what: Show): void => {
    switch (what.view) {
      case 'graph':
      case 'streams':
      case 'gates':
      case 'table':
      case 'account':
        store.setState({ view: what.view, amending: null });
        break;
      case 'module': {
        const { module } = what;
        store.setState({
          ...{ view: 'graph', selected: module, gate: null },
          ...{ focus: { module }, amending: null },
        });
        break;
      }
      case 'amendment':
        store.setState({ selected: what.module, gate: null, amending: what.module });
        break;
      default:
        unreachable(what);
    }
  };

  /** `before`: the desk that was told last. A run that only just began is on none yet. */
  const tellGone = (before: Desk | null): void => {
    const { desk, key, source, gone, chronicle, moment } = store.getState();
    if (key === null || source !== null || desk === null) return;
    const isOn = ({ runs }: Desk): boolean => runs.some((run) => isSameRun(run.key, key));
    const isGone = !isOn(desk) && (gone || (before !== null && isOn(before)));
    if (isGone === gone) return;
    store.setState({ gone: isGone });
    // Nothing goes on in it, and no time either.
    if (moment === null) setMoment(isGone ? (chronicle?.state.at ?? null) : null);
  };

  const hear = (message: HostMessage): void => {
    switch (message.type) {
      case 'desk': {
        const { desk } = message;
        setHostTime(desk.at);
        const before = store.getState().desk;
        const moved = before !== null && beginsAnew(before, desk);
        store.setState({ desk, ...(moved ? { refusal: null } : {}) });
        tellGone(before);
        break;
      }
      case 'run':
        snapshot(message);
        break;
      case 'events':
        batch(message);
        break;
      case 'no-run':
        next = null;
        waiting = [];
        store.setState({
          key: null,
          source: null,
          gone: false,
          chronicle: null,
          ...present(),
          drafts: new Map(),
          focus: null,
          ...nowhere,
        });
        break;
      case 'driver':
        if (store.getState().key?.run === message.run) store.setState({ driver: message.driver });
        break;
      case 'draft':
        draft(message.module, message.draft);
        break;
      case 'refused':
        store.setState({ refusal: message.message });
        break;
      case 'show':
        show(message.show);
        break;
      case 'travel':
        store.setState({ asked: { to: message.to } });
        break;
      case 'comparison':
      case 'answer':
        break;
      default:
        unreachable(message);
    }
  };

  return {
    store,
    connect: (surface) => {
      store.setState({ surface });
      store.subscribe((now, before) => keepPlace(link, now, before));
      link.connect(hear);
    },
  };
}

/** Nothing but the present is looked at; of a run from elsewhere that is when it was written down. */
function present(
  moments = new Moments(),
  source: Source | null = null,
): Pick<BoardState, 'moments' | 'moment'> {
  setMoment(source?.at ?? null);
  return { moments, moment: null };
}

function lookingAt(
  { moments, source, gone }: BoardState,
  moment: number | null,
): Pick<BoardState, 'moment' | 'chronicle'> {
  if (moment === null || moment >= moments.length) {
    setMoment(source?.at ?? (gone ? (moments.last?.state.at ?? null) : null));
    return { moment: null, chronicle: moments.last };
  }
  const chronicle = moments.at(moment);
  setMoment(chronicle?.state.at ?? null);
  return { moment: Math.max(1, Math.round(moment)), chronicle };
}

/** Most of what happens hands nothing over. */
function happening(events: readonly RunEvent[]): Partial<Pick<BoardState, 'happened'>> {
  const happened = events.filter(handsOver);
  return happened.length === 0 ? {} : { happened };
}

function folded(before: Chronicle | null, events: readonly RunEvent[]): Chronicle | null {
  let chronicle = before;
  for (const event of events) chronicle = chronicleEvent(chronicle, event);
  return chronicle;
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The one board of this webview; `main.tsx` connects it. */
export const board: Board = createBoard(
  host,
  paced({
    frame: (run) => requestAnimationFrame(run),
    after: (ms, run) => setTimeout(run, ms),
    now: () => performance.now(),
  }),
);

/** Selectors must return what is already there: a new object each time renders for ever. */
export function useBoard<T>(selector: (state: BoardState) => T): T {
  return useStore(board.store, selector);
}

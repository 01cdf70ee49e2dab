import type { EffectResult } from '../../core/commands.ts';
import type { Refusal } from '../../core/commands/refusal.ts';
import { decide } from '../../core/decide.ts';
import {
  handoffLimits,
  handoffPlace,
  handoffsAt,
  isOpen,
  type HandoffContent,
  type HandoffState,
} from '../../core/handoff.ts';
import type { ModuleId, Order, TreeId } from '../../core/ids.ts';
import { inEnglish } from '../../core/language.ts';
import { moduleNode } from '../../core/lookup.ts';
import { goOnWith } from '../../core/projections/go-on-with.ts';
import { handoffEta } from '../../core/projections/handoffs.ts';
import { oneLine, onePage } from '../../core/projections/safe-text.ts';
import type { RunState } from '../../core/state.ts';
import type {
  AskedHandoff,
  HandoffDesk,
  HandoffGiven,
  HandoffOrdered,
  HandoffRefused,
  HandoffWanted,
  ReceivedHandoff,
} from '../agents/handoff.ts';
import type { Unstamped } from '../run-loop.ts';
import { takeFiles } from '../store/handoff-files.ts';
import { protectFiles } from '../store/protect-files.ts';
import { runRef } from '../store/ref-name.ts';
import { amendedSince } from './amended-contracts.ts';
import type { WorkFolder } from '../store/work-folder.ts';
import { WaitNotes } from './wait-notes.ts';
import type { World } from './world.ts';

/** Of one handoff. */
const limits = { files: 200, bytes: 4 * 1024 * 1024 };
/** So many of the newest have their files laid out for a builder that begins. */
const laidOut = 20;

type Ask = (command: Unstamped<EffectResult>) => Promise<Refusal | null>;

/**
 * One builder's handoffs: what it gives is captured into the store, what it gets is laid beside its
 * work folder, and both are noted in the run. Disposing of it removes what was laid.
 */
export class BuilderDesk implements HandoffDesk, AsyncDisposable {
  readonly #world: World;
  readonly #of: { readonly order: Order; readonly module: ModuleId };
  /** Of the attempt's work folder. */
  readonly #name: string;
  readonly #folder: string;
  readonly #ask: Ask;
  readonly #laid: WorkFolder[] = [];
  readonly #waits = new WaitNotes();
  readonly #taking = new Map<number | null, Promise<readonly ReceivedHandoff[]>>();
  #lastTaken: Promise<unknown> = Promise.resolve();
  #given = 0;
  /** How many conflicts the run had when the builder was last told of amended contracts. */
  #knownConflicts = 0;
  #over = false;

  constructor(
    world: World,
    of: { readonly order: Order; readonly module: ModuleId },
    name: string,
    folder: string,
    ask: Ask,
  ) {
    this.#world = world;
    this.#of = of;
    this.#name = name;
    this.#folder = folder;
    this.#ask = ask;
  }

  /** What the module has received when its builder begins. */
  async lay(state: RunState): Promise<readonly ReceivedHandoff[]> {
    this.#knownConflicts = state.conflicts.length;
    const { has } = state.exchanges.get(moduleNode(state, this.#of.module));
    const all = handoffsAt(state, has);
    return Promise.all(
      all.map((each, index) => this.#received(each, index >= all.length - laidOut)),
    );
  }

  async give({ to, items, partial, note, files }: HandoffGiven): Promise<HandoffRefused | null> {
    if (this.#over) return ended;
    const named = to === null ? null : (oneLine(to, 60) as ModuleId);
    const said = { to: named, items: bounded(items), partial, note: onePage(note) };
    const telling = { type: 'record-handoff', ...this.#of, ...said } as const;
    // What the rules refuse is not stored first.
    const beforehand = this.#refusalOf({ ...telling, tree: null });
    if (beforehand !== null) return refused(beforehand);
    const taken = await takeFiles(this.#world.store, this.#folder, files, limits);
    if (!taken.ok) return taken;
    const { tree } = taken;
    if (this.#hasEnded()) return ended;
    const ref = tree === null ? null : await this.#keep(tree);
    const refusal = await this.#ask({ ...telling, tree });
    // Something else was decided meanwhile: nothing speaks of the files, so nothing keeps them.
    if (refusal !== null && ref !== null) await this.#world.store.setRefs([{ ref, oid: null }]);
    return refused(refusal);
  }

  async request(wanted: HandoffWanted): Promise<HandoffOrdered | HandoffRefused> {
    if (this.#over) return ended;
    const from = oneLine(wanted.from, 60) as ModuleId;
    const items = bounded(wanted.items);
    const no = refused(await this.#ask({ type: 'record-request', ...this.#of, from, items }));
    if (no !== null) return no;
    const { state } = this.#world.handoffs;
    const handoff = state === null ? null : this.#newest(state, from, items);
    // What came after the attempt had ended is noted, and answered by nobody.
    if (state === null || handoff === null) return ended;
    const etaMinutes = isOpen(handoff) ? handoffEta(state, handoff) : 0;
    return {
      ok: true,
      handoff: handoff.id,
      etaMinutes,
      goOnWith: inEnglish(() => goOnWith(state, handoff)),
    };
  }

  asked(): readonly AskedHandoff[] {
    const { state } = this.#world.handoffs;
    return state === null ? [] : askedOf(state, moduleNode(state, this.#of.module));
  }

  arrives(id: number, signal: AbortSignal): Promise<void> {
    const { handoffs: news } = this.#world;
    const { module } = this.#of;
    return new Promise((resolve) => {
      const end = (): void => {
        listening[Symbol.dispose]();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const look = (): void => {
        const handoff = find(news.state, id);
        if (handoff?.to !== module || handoff.fresh || !isOpen(handoff)) end();
      };
      const listening = news.follow(look);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      else look();
    });
  }

  /** Who takes the same while it is laid out gets the same; else one after the other. */
  take(id: number | null, waitedMs: number): Promise<readonly ReceivedHandoff[]> {
    const underWay = this.#taking.get(id);
    if (underWay !== undefined) return underWay;
    const taken = this.#lastTaken.then(() => this.#take(id, waitedMs));
    this.#taking.set(id, taken);
    const over = (): void => void this.#taking.delete(id);
    this.#lastTaken = taken.then(over, over);
    return taken;
  }

  async #take(id: number | null, waitedMs: number): Promise<readonly ReceivedHandoff[]> {
    const { state } = this.#world.handoffs;
    if (state === null || this.#over) return [];
    const { comes } = state.exchanges.get(moduleNode(state, this.#of.module));
    const ready = handoffsAt(state, comes).filter((each) => id === null || each.id === id);
    if (ready.length === 0 && id !== null) await this.#noteWaiting(id, waitedMs);
    // First: where they cannot be laid out, nothing else may count as received without being told.
    const amended = id === null ? await this.#amended(state) : [];
    const taken: ReceivedHandoff[] = [];
    for (const handoff of ready) {
      // The attempt may end while it is asked: nothing is laid out for one that is over.
      if (this.#hasEnded()) break;
      const waited = waitedMs + this.#waits.settle(handoff.id);
      const receipt = { ...this.#of, handoff: handoff.id, waitedMs: waited };
      await this.#ask({ type: 'record-receipt', ...receipt });
      if (!this.#hasEnded()) taken.push(await this.#received(handoff, true));
    }
    return [...taken, ...amended];
  }

  /** Contracts that were amended under the builder since it began come by the same road, each once. */
  async #amended(state: RunState): Promise<ReceivedHandoff[]> {
    const known = this.#knownConflicts;
    const told: ReceivedHandoff[] = [];
    if (known === state.conflicts.length) return told;
    const amended = await amendedSince(this.#world.store, state, this.#of.module, known);
    for (const { id, of, version, note, tree } of amended) {
      if (this.#hasEnded()) break;
      const items = [`version ${version} of the contract of ${of}`];
      const folder = await this.#layOut(id, tree);
      told.push({ handoff: id, from: of, items, partial: false, note, folder });
    }
    // Not before: what could not be laid out is told the next time.
    this.#knownConflicts = state.conflicts.length;
    return told;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    for (const folder of this.#laid.splice(0)) await folder[Symbol.asyncDispose]();
  }

  /** A builder may wait again and again: so long as it waits in vain, ever less of it is noted. */
  async #noteWaiting(id: number, waitedMs: number): Promise<void> {
    const due = this.#waits.add(id, waitedMs);
    if (due === 0) return;
    await this.#ask({ type: 'record-receipt', ...this.#of, handoff: id, waitedMs: due });
  }

  /** What the rules would say now; null where they would carry it out, or note that it is too late. */
  #refusalOf(command: Unstamped<EffectResult>): Refusal | null {
    const { state } = this.#world.handoffs;
    if (state === null) return null;
    const decision = decide(state, { ...command, at: state.at });
    return decision.ok ? null : decision.refusal;
  }

  /** Asked anew after each wait. */
  #hasEnded(): boolean {
    return this.#over;
  }

  async #received(handoff: HandoffState, withFiles: boolean): Promise<ReceivedHandoff> {
    const { id, from, content } = handoff;
    const { items, partial, note, tree }: HandoffContent = content ?? nothing;
    const folder = tree === null || !withFiles ? null : await this.#layOut(id, tree);
    return { handoff: id, from, items, partial, note, folder };
  }

  /** null: the attempt ended while it was laid out, and took it away. */
  async #layOut(id: number, tree: TreeId): Promise<string | null> {
    const { folders, run } = this.#world;
    const name = `${this.#name}-from-${id}-${this.#laid.length}`;
    const folder = await folders.create(run, name, tree);
    if (this.#hasEnded()) {
      await folder[Symbol.asyncDispose]();
      return null;
    }
    this.#laid.push(folder);
    protectFiles(folder.path);
    return folder.path;
  }

  async #keep(tree: TreeId): Promise<string> {
    const { store, run } = this.#world;
    this.#given++;
    const ref = runRef(run, 'handoffs', `${this.#name}-${this.#given}`);
    await store.keepTree(ref, tree);
    return ref;
  }

  /** The one that was just asked for, or that was asked for before. */
  #newest(state: RunState, from: ModuleId, items: readonly string[]): HandoffState | null {
    const { awaits, comes } = state.exchanges.get(moduleNode(state, this.#of.module));
    const same = handoffsAt(state, [...awaits, ...comes]).filter(
      (each) => each.from === from && items.every((item) => each.items.includes(item)),
    );
    return same.sort((a, b) => a.id - b.id).at(-1) ?? null;
  }
}

/** What others want of a module. */
export function askedOf(state: RunState, node: number): AskedHandoff[] {
  const { gives } = state.exchanges.get(node);
  return handoffsAt(state, gives).map(({ id, to, items }) => ({ handoff: id, to, items }));
}

const nothing: HandoffContent = { items: [], note: '', tree: null, partial: false };

const ended: HandoffRefused = { ok: false, message: 'this attempt has ended' };

const refused = (refusal: Refusal | null): HandoffRefused | null =>
  refusal === null ? null : { ok: false, message: refusal.message };

/** Fit for the journal. One item more than is allowed stays in, so that the rules refuse the rest. */
const bounded = (items: readonly string[]): string[] =>
  items.slice(0, handoffLimits.items + 1).map((item) => oneLine(item, handoffLimits.itemChars));

function find(state: RunState | null, id: number): HandoffState | null {
  if (state === null) return null;
  const place = handoffPlace(state.handoffs, id);
  return place === -1 ? null : state.handoffs.get(place);
}

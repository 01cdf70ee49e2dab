import { tests, TestTag, type Range, type TestController, type TestItem, type Uri } from 'vscode';
import type { NodeRef } from '../../core/ids.ts';
import { GateTree, gateLabel } from '../../core/projections/gate-tree.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { parseNodeRef } from '../../core/ids.ts';

/** What an item of the Testing view stands for. */
export interface GateItem {
  readonly ref: NodeRef;
  /** null: the gate itself. */
  readonly check: string | null;
}

/** Plans with more gates are unfolded as somebody looks into them. */
const maxAtOnce = 200;

/** What has checks can be run; approvals are a person's. */
export const runnable = new TestTag('ashlar.checks');

/** The items of one run's gates, made as they are needed: run, then tier, then module, then check. */
export class GateItems {
  readonly root: TestItem;
  readonly #controller: TestController;
  readonly #tree: GateTree;
  readonly #meanings = new WeakMap<TestItem, GateItem>();
  readonly #items = new Map<string, TestItem>();
  readonly #resolved = new Set<TestItem>();
  /** Gates whose items have just been made: what is known of them is to be told. */
  readonly #made: (refs: readonly NodeRef[]) => void;

  constructor(
    controller: TestController,
    plan: Plan,
    { id, label, made }: { id: string; label: string; made: (refs: readonly NodeRef[]) => void },
  ) {
    this.#controller = controller;
    this.#tree = new GateTree(plan);
    this.#made = made;
    this.root = controller.createTestItem(id, label);
    this.root.canResolveChildren = true;
    this.root.tags = [runnable];
  }

  /** All of it, where that is little enough. */
  begin(): void {
    if (this.#tree.size <= maxAtOnce) this.unfold(this.root);
  }

  meaning(item: TestItem): GateItem | null {
    return this.#meanings.get(item) ?? null;
  }

  /** null: nobody has looked there yet. */
  item(ref: NodeRef, check: string | null): TestItem | null {
    return this.#items.get(keyOf(ref, check)) ?? null;
  }

  /** Lets a check lead to where it failed: whoever clicks it is taken there. */
  place(ref: NodeRef, check: string, uri: Uri, range: Range): void {
    const before = this.item(ref, check);
    if (before?.parent === undefined) return;
    // Where an item leads to is said when it is made; another of the same id takes its place.
    const { id, label, tags, sortText, parent } = before;
    const isSame = before.uri?.toString() === uri.toString();
    const item = isSame ? before : this.#controller.createTestItem(id, label, uri);
    item.range = range;
    if (item === before) return;
    item.tags = tags;
    if (sortText !== undefined) item.sortText = sortText;
    this.#keep(item, { ref, check });
    parent.children.add(item);
  }

  /** Makes what lies right below an item. */
  resolve(item: TestItem): void {
    if (this.#resolved.has(item)) return;
    this.#resolved.add(item);
    const meaning = this.meaning(item);
    if (meaning?.check !== undefined && meaning.check !== null) return;
    const branch = meaning === null ? null : this.#tree.branch(meaning.ref);
    const refs = meaning === null ? this.#tree.top : (branch?.below ?? []);
    const below = refs.map((ref, at) => this.#gateItem(ref, at));
    const checks = (branch?.checks ?? []).map((check, at) => this.#checkItem(branch, check, at));
    item.children.replace([...checks, ...below]);
    this.#made(meaning === null ? refs : [meaning.ref, ...refs]);
  }

  /** Makes all that lies below an item. */
  unfold(item: TestItem): void {
    this.resolve(item);
    for (const [, child] of item.children) this.unfold(child);
  }

  #gateItem(ref: NodeRef, at: number): TestItem {
    const branch = this.#tree.branch(ref);
    const item = this.#controller.createTestItem(ref, gateLabel(ref));
    const checked = (branch?.checks.length ?? 0) > 0;
    const below = (branch?.below.length ?? 0) > 0;
    item.canResolveChildren = checked || below;
    item.tags = checked || below ? [runnable] : [];
    // Of a tier: its modules first, then what holds them together.
    item.sortText = `${kindOrder[parseNodeRef(ref).kind]}${String(at).padStart(5, '0')}`;
    this.#keep(item, { ref, check: null });
    return item;
  }

  #checkItem(branch: { readonly ref: NodeRef } | null, check: string, at: number): TestItem {
    const ref = branch?.ref ?? ('' as NodeRef);
    const item = this.#controller.createTestItem(keyOf(ref, check), check);
    item.sortText = `9${String(at).padStart(5, '0')}`;
    item.tags = [runnable];
    this.#keep(item, { ref, check });
    return item;
  }

  #keep(item: TestItem, meaning: GateItem): void {
    this.#meanings.set(item, meaning);
    this.#items.set(keyOf(meaning.ref, meaning.check), item);
  }
}

const kindOrder = { tier: 0, module: 1, gate: 2, stream: 3 } as const;

const keyOf = (ref: NodeRef, check: string | null): string =>
  check === null ? ref : `${ref}#${check}`;

export const createGates = (label: string): TestController =>
  tests.createTestController('ashlar.gates', label);

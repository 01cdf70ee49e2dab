import { moduleId, nodeRef, parseNodeRef, type ModuleId, type NodeRef } from '../ids.ts';
import { issue, type IssuePath } from './issue.ts';
import { phrase, type Phrase } from '../phrase.ts';
import { anyKind, resolve, type Names } from './names.ts';
import type { Exclusion } from './normalise-resources.ts';
import type { Dependency } from './plan.ts';
import type { DependencyFile, ModuleFile } from './schema-module.ts';
import { refText } from './plan-graph.ts';

/** What a module's `needs` come to. */
export interface NormalisedNeeds {
  readonly needs: readonly Dependency[];
  /** For each need, the place below `needs` where the file says so. */
  readonly entries: readonly IssuePath[];
}

const defaultRounds = 2;

/** Reads the needs of all modules: what two of them say of each other is said once in the plan. */
export class NeedsReader {
  readonly exclusions: Exclusion[] = [];
  readonly #names: Names;
  readonly #pairs = new Map<string, { readonly rounds: number | null }>();
  readonly #files: Readonly<Record<string, ModuleFile>>;

  constructor(names: Names, files: Readonly<Record<string, ModuleFile>>) {
    this.#names = names;
    this.#files = files;
  }

  read(module: ModuleId, file: ModuleFile): NormalisedNeeds {
    const needs: Dependency[] = [];
    const entries: IssuePath[] = [];
    const kinds = new Map<NodeRef, Dependency['kind']>();
    file.needs.forEach((entry, index) => {
      const path = ['modules', module, 'needs', index];
      const need = this.#need(module, entry, path);
      const at = typeof entry === 'string' ? [index] : [index, 'module'];
      if (need === null || !this.#isNew(kinds, need, ['modules', module, 'needs', ...at])) return;
      needs.push(need);
      entries.push(at);
    });
    return { needs, entries };
  }

  #need(module: ModuleId, entry: DependencyFile, path: IssuePath): Dependency | null {
    const { kind, text, at } =
      typeof entry === 'string'
        ? ({ kind: 'hard', text: entry, at: path } as const)
        : { kind: entry.kind, text: entry.module, at: [...path, 'module'] };
    const rounds = typeof entry === 'string' ? undefined : entry.rounds;
    if (rounds !== undefined && kind !== 'feedback') {
      const message = phrase(
        '"{0}" goes with "{1}", not with "{2}"',
        'rounds',
        'kind: feedback',
        kind,
      );
      this.#report('invalid-value', [...path, 'rounds'], message, phrase('Remove one of the two.'));
    }
    const isPair = kind === 'feedback' || kind === 'resource';
    const on = resolve(this.#names, text, at, isPair ? ['module'] : anyKind);
    if (on === null) return null;
    if (kind !== 'hard' && on === nodeRef('module', module)) {
      const message = phrase('module {0} cannot have a {1} dependency on itself', module, kind);
      this.#report('invalid-value', at, message, phrase('Name another module.'));
      return null;
    }
    switch (kind) {
      case 'hard':
      case 'soft':
        return { kind, on };
      case 'feedback':
        return this.#feedback(module, on, rounds, path);
      case 'resource':
        this.#exclude(module, moduleId(parseNodeRef(on).id));
        return null;
    }
  }

  /** Whichever module of a pair comes first in the file holds it. */
  #feedback(
    module: ModuleId,
    on: NodeRef,
    said: number | undefined,
    path: IssuePath,
  ): Dependency | null {
    const other = parseNodeRef(on).id;
    const pair = pairName('feedback', module, other);
    const before = this.#pairs.get(pair);
    if (before === undefined) {
      const rounds = said ?? this.#roundsOf(other, module) ?? null;
      this.#pairs.set(pair, { rounds });
      return { kind: 'feedback', on, rounds: rounds ?? defaultRounds };
    }
    if (said !== undefined && before.rounds !== null && said !== before.rounds) {
      const message = phrase(
        '{0} says {1} rounds of the feedback with {2}, and {2} says {3}',
        ...[other, before.rounds, module, said],
      );
      const fix = phrase('Say it once, or the same on both sides.');
      this.#report('invalid-value', [...path, 'rounds'], message, fix);
    }
    return null;
  }

  /** What the other side says of the rounds, where this one says nothing. */
  #roundsOf(module: string, of: string): number | undefined {
    const file = Object.hasOwn(this.#files, module) ? this.#files[module] : undefined;
    const entry = file?.needs.find(
      (need) =>
        typeof need !== 'string' &&
        need.kind === 'feedback' &&
        (need.module === of || need.module === `module:${of}`),
    );
    return typeof entry === 'object' ? entry.rounds : undefined;
  }

  #exclude(a: ModuleId, b: ModuleId): void {
    const pair = pairName('resource', a, b);
    if (this.#pairs.has(pair)) return;
    this.#pairs.set(pair, { rounds: null });
    this.exclusions.push({ a, b });
  }

  /** The same twice is no fault; two kinds at once would contradict each other. */
  #isNew(kinds: Map<NodeRef, Dependency['kind']>, need: Dependency, path: IssuePath): boolean {
    const before = kinds.get(need.on);
    kinds.set(need.on, before ?? need.kind);
    if (before === undefined) return true;
    // Feedback beside a soft need is another thing: findings, not the thing itself.
    const both = [before, need.kind];
    if (both.includes('feedback') && both.includes('soft')) return true;
    if (before !== need.kind) {
      const message = phrase(
        '"{0}" is needed twice, as {1} and as {2}',
        refText(need.on),
        before,
        need.kind,
      );
      this.#report('invalid-value', path, message, phrase('Keep one of the two.'));
    }
    return false;
  }

  #report(code: 'invalid-value', path: IssuePath, message: Phrase, fix: Phrase): void {
    this.#names.issues.push(issue(code, path, message, fix));
  }
}

/** The same whichever of the two comes first. */
function pairName(kind: string, a: string, b: string): string {
  return a < b ? `${kind} ${a} ${b}` : `${kind} ${b} ${a}`;
}

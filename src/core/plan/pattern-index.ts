import { commonPath } from '../paths.ts';

interface Folder<Value> {
  readonly inside: Map<string, Folder<Value>>;
  readonly patterns: { readonly pattern: string; readonly value: Value }[];
}

/** A pattern that was found, with a path that it and the sought one match. */
export interface Meeting<Value> {
  readonly value: Value;
  readonly path: string;
}

/**
 * Patterns by the literal folder they begin with: only those that begin in a common line of folders
 * can overlap, so that a plan of thousands of modules is not compared pair by pair. Case is left
 * out, since two paths that differ in nothing else are one file on many systems.
 */
export class PatternIndex<Value> {
  readonly #root: Folder<Value> = { inside: new Map(), patterns: [] };

  add(pattern: string, value: Value): void {
    const folded = pattern.toLowerCase();
    let folder = this.#root;
    for (const segment of literalSegments(folded)) {
      let next = folder.inside.get(segment);
      if (next === undefined)
        folder.inside.set(segment, (next = { inside: new Map(), patterns: [] }));
      folder = next;
    }
    folder.patterns.push({ pattern: folded, value });
  }

  /** What was added and overlaps the pattern. */
  *meetings(pattern: string): Generator<Meeting<Value>> {
    const folded = pattern.toLowerCase();
    for (const candidate of this.#candidates(folded)) {
      const path = commonPath(candidate.pattern, folded);
      if (path !== null) yield { value: candidate.value, path };
    }
  }

  *#candidates(pattern: string): Generator<Folder<Value>['patterns'][number]> {
    let folder = this.#root;
    for (const segment of literalSegments(pattern)) {
      yield* folder.patterns;
      const next = folder.inside.get(segment);
      if (next === undefined) return;
      folder = next;
    }
    const below = [folder];
    for (const each of below) {
      yield* each.patterns;
      below.push(...each.inside.values());
    }
  }
}

function literalSegments(pattern: string): readonly string[] {
  const segments = pattern.split('/');
  const wild = segments.findIndex((segment) => segment.includes('*'));
  return wild === -1 ? segments : segments.slice(0, wild);
}

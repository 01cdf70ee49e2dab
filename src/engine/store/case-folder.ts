import { foldedPath } from './folded-path.ts';
/** Finds paths that some file systems hold to be the same: other case, or other composition of letters. */
export class CaseFolder {
  readonly #seen = new Map<string, string>();

  /** Takes a path and the folders above it; gives the path it collides with, or null. */
  add(path: string): string | null {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const collided = this.#addOne(path.slice(0, slash));
      if (collided !== null) return collided;
    }
    return this.#addOne(path);
  }

  #addOne(path: string): string | null {
    const folded = foldedPath(path);
    const first = this.#seen.get(folded);
    if (first === undefined) this.#seen.set(folded, path);
    return first === undefined || first === path ? null : first;
  }
}

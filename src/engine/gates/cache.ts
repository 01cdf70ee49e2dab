import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '../../core/ids.ts';
import { canonicalJson, sha256 } from '../canonical-json.ts';
import type { CheckRun } from './check-request.ts';

interface Entry {
  readonly key: Digest;
  readonly run: CheckRun;
  /** The other outcome that the same key gave; null while there is none. */
  readonly other: CheckRun['outcome'] | null;
}

/**
 * Results of checks by what they judged, one small file each. A file that is cut off, edited or
 * of another shape than today's is as good as none.
 */
export class GateCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null where there is none. `unstable` once the key has given both outcomes. */
  async lookUp(key: Digest): Promise<CheckRun | null> {
    const entry = await this.#read(key);
    if (entry === null) return null;
    const kept: CheckRun = { ...entry.run, cached: true };
    return entry.other === null ? kept : unstable(kept, entry.other);
  }

  /**
   * Keeps a plain pass or fail, and answers with what is to be told: the result itself or, where
   * the key has already given the other outcome, that the check is unstable.
   */
  async keep(key: Digest, run: CheckRun): Promise<CheckRun> {
    if (!run.ran || (run.outcome !== 'passed' && run.outcome !== 'failed')) return run;
    const before = await this.#read(key);
    if (before !== null && before.other !== null) return unstable(run, before.other);
    if (before === null || before.run.outcome === run.outcome) {
      await this.#write({ key, run, other: null });
      return run;
    }
    await this.#write({ key, run, other: before.run.outcome });
    return unstable(run, before.run.outcome);
  }

  #path(key: Digest): string {
    return join(this.#folder, key.slice(0, 2), `${key}.json`);
  }

  async #read(key: Digest): Promise<Entry | null> {
    try {
      const text = await readFile(this.#path(key), 'utf8');
      const { digest, entry } = JSON.parse(text) as { digest: unknown; entry: Entry };
      return digest === sha256(canonicalJson(entry)) && entry.key === key ? entry : null;
    } catch {
      return null;
    }
  }

  async #write(entry: Entry): Promise<void> {
    const path = this.#path(entry.key);
    const draft = `${path}.${randomUUID()}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(draft, JSON.stringify({ digest: sha256(canonicalJson(entry)), entry }));
      await rename(draft, path);
    } catch {
      // A cache that cannot be written costs time, not results.
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
}

function unstable(run: CheckRun, other: CheckRun['outcome']): CheckRun {
  const says = `the same tree under the same conditions has both ${other} and ${run.outcome}`;
  const place = { check: run.check, test: null, file: null, line: null };
  const evidence = [{ kind: 'check' as const, ...place, says }, ...run.evidence].slice(0, 20);
  return { ...run, outcome: 'unstable', evidence };
}

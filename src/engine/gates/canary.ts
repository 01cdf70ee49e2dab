import { randomInt } from 'node:crypto';
import { chmod, lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canariesOf, canaryLine } from './canary-code.ts';
import type { ReportedTest } from './reporters/report.ts';

/** One canary where it was planted. */
export interface PlantedCanary {
  /** Root-relative. */
  readonly file: string;
  readonly name: string;
  /** What its failure must say, where that can be foretold. */
  readonly proof: string | null;
}

const plantable = /\.[cm]?[jt]s$/;

/**
 * Appends canaries to test files: tests that must fail, since what they assert is false. Where
 * they pass, or are not there, the report was not made by running the tests as they are. They
 * stand after the file's own content, so that no line of it moves; a file that is no plain file
 * (a link) is left alone.
 */
export async function plantCanaries(
  folder: string,
  files: readonly string[],
): Promise<readonly PlantedCanary[]> {
  const planted = await Promise.all(
    files.filter((file) => plantable.test(file)).map((file) => plant(folder, file)),
  );
  return planted.flat();
}

async function plant(folder: string, file: string): Promise<PlantedCanary[]> {
  const path = join(folder, file);
  const found = await lstat(path);
  if (!found.isFile()) return [];
  const source = await readFile(path, 'utf8');
  const { codes, proofs } = canariesOf(source, namesLike(source), () => randomInt(1, 1_000_000));
  await chmod(path, 0o644);
  await writeFile(path, source + canaryLine(codes));
  return codes.map(({ name }) => ({ file, name, proof: proofs.get(name) ?? null }));
}

const fewWords = ['reads', 'keeps', 'gives', 'empty', 'first', 'last', 'value', 'list', 'name'];

/** Names out of the file's own words, which no pattern tells from those of its tests. */
function namesLike(source: string): () => string {
  const words = [...new Set([...(source.match(/[A-Za-z]{3,12}/g) ?? []), ...fewWords])];
  const used = new Set<string>();
  return () => {
    for (;;) {
      const length = randomInt(4, 9);
      const name = Array.from({ length }, () => words[randomInt(words.length)]).join(' ');
      if (used.has(name) || source.includes(name)) continue;
      used.add(name);
      return name;
    }
  };
}

/** What the canaries say about a report. */
export interface CanarySong {
  /** The report without them. */
  readonly tests: readonly ReportedTest[];
  readonly missing: readonly PlantedCanary[];
  /** Those that passed, were skipped, or failed without saying what only running them says. */
  readonly wrong: readonly PlantedCanary[];
}

/** Holds a report with root-relative files against the canaries that were planted. */
export function hearCanaries(
  tests: readonly ReportedTest[],
  planted: readonly PlantedCanary[],
): CanarySong {
  const key = (canary: { readonly file: string; readonly name: string }): string =>
    `${canary.file}\0${canary.name}`;
  const byKey = new Map(planted.map((canary) => [key(canary), canary]));
  const heard = new Set<PlantedCanary>();
  const wrong = new Set<PlantedCanary>();
  const others = tests.filter((test) => {
    const canary = byKey.get(key(test));
    if (canary === undefined) return true;
    heard.add(canary);
    const said = canary.proof === null || test.message.split('\n', 1)[0] === canary.proof;
    if (test.outcome !== 'fail' || test.message === '' || !said) wrong.add(canary);
    return false;
  });
  return {
    tests: others,
    missing: planted.filter((canary) => !heard.has(canary)),
    wrong: [...wrong],
  };
}

import { Worker } from 'node:worker_threads';
import { Slice } from '../../store/slice.ts';

/** A text to be searched. */
export interface Searched {
  readonly path: string;
  readonly text: string;
}

/** A line in which it was found. */
export interface Hit {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

export type Hits =
  | { readonly ok: true; readonly hits: readonly Hit[] }
  | { readonly ok: false; readonly text: string };

/** A pattern can be made to take for ever on a short line; so it runs where it can be ended. */
const patienceMs = 2_000;
const maxLineChars = 2_000;

/**
 * Text, since a bundle has no file of its own for a worker. It looks at the beginning of each line
 * alone, and stops at the first `max` hits.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { pattern, flags, texts, max, maxLineChars } = workerData;
let expression;
try {
  expression = new RegExp(pattern, flags);
} catch (error) {
  parentPort.postMessage({ ok: false, text: String(error.message) });
}
if (expression !== undefined) {
  const hits = [];
  search: for (const { path, text } of texts) {
    let line = 0;
    for (const full of text.split('\\n')) {
      line += 1;
      if (!expression.test(full.slice(0, maxLineChars))) continue;
      hits.push({ path, line, text: full.slice(0, maxLineChars) });
      if (hits.length === max) break search;
    }
  }
  parentPort.postMessage({ ok: true, hits });
}
`;

/** Lines that a regular expression matches, in a worker that is ended where it takes too long. */
export function searchPattern(
  pattern: string,
  ignoreCase: boolean,
  texts: readonly Searched[],
  max: number,
  signal: AbortSignal,
): Promise<Hits> {
  const workerData = { pattern, flags: ignoreCase ? 'i' : '', texts, max, maxLineChars };
  const limits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };
  const worker = new Worker(program, {
    eval: true,
    workerData,
    resourceLimits: limits,
    env: {},
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    const end = (hits: Hits): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      void worker.terminate();
      resolve(hits);
    };
    const abort = (): void => {
      end({ ok: false, text: 'you were told to end' });
      reject(signal.reason as Error);
    };
    const tooLong = 'it took too long; search for a plain text, or for a simpler pattern';
    const timer = setTimeout(() => end({ ok: false, text: tooLong }), patienceMs);
    worker.once('message', end);
    worker.once('error', () =>
      end({ ok: false, text: 'it took too much memory; search for a plain text' }),
    );
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

/** Lines that hold a text. */
export async function searchText(
  wanted: string,
  ignoreCase: boolean,
  texts: readonly Searched[],
  max: number,
): Promise<readonly Hit[]> {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const needle = fold(wanted);
  const hits: Hit[] = [];
  const slice = new Slice();
  for (const { path, text } of texts) {
    await slice.breathe();
    // Most files hold it nowhere: that is found out without taking them apart.
    if (!fold(text).includes(needle)) continue;
    for (const [index, line] of text.split('\n').entries()) {
      if (!fold(line).includes(needle)) continue;
      const from = Math.max(0, fold(line).indexOf(needle) - maxLineChars / 2);
      hits.push({ path, line: index + 1, text: line.slice(from, from + maxLineChars) });
      if (hits.length === max) return hits;
    }
  }
  return hits;
}

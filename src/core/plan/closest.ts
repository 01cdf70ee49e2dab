import { phrase, type Phrase } from '../phrase.ts';

/** Beyond this many candidates nobody is helped by a guess, and guessing takes its time. */
const maxCandidates = 2000;

/** The candidate that a misspelt name most likely meant, or null where none is near. */
export function closest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = 1 + (name.length < 3 ? 0 : Math.floor(Math.min(name.length, 40) / 3));
  let seen = 0;
  for (const candidate of candidates) {
    seen += 1;
    if (seen > maxCandidates) break;
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** A fix that names the nearest candidate, or what to do where there is none. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise: Phrase): Phrase {
  return meant(closest(name, candidates)) ?? otherwise;
}

/** null where nothing is near. */
export const meant = (guess: string | null): Phrase | null =>
  guess === null ? null : phrase('Did you mean "{0}"?', guess);

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

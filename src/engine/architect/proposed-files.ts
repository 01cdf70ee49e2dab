import { unsafePath } from '../../core/paths.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { planningLimits } from '../agents/bound-planning.ts';
import type { ProposedFile } from '../agents/outcome.ts';
import { foldedPath } from '../store/folded-path.ts';

/** Where an architect may lay files: what only tells and tests, and nothing that tools run unasked. */
const folders = ['contracts', 'docs', 'spec', 'specs', 'stubs', 'tests'];

export interface SortedFiles {
  readonly kept: readonly ProposedFile[];
  /** What is wrong with those that were left out, each in a line. */
  readonly problems: readonly string[];
}

/** Sorts out the files that may be written beside a plan; `there` are those of the workspace. */
export function sortFiles(files: readonly ProposedFile[], there: readonly string[]): SortedFiles {
  const taken = new Set(there.map(foldedPath));
  const takenFolders = new Set(there.flatMap((path) => parentsOf(foldedPath(path))));
  const kept: ProposedFile[] = [];
  const problems: string[] = [];
  let chars = 0;
  for (const { path, text } of files) {
    const key = foldedPath(path);
    const fault =
      faultOf(path, text) ??
      (taken.has(key) || takenFolders.has(key) ? 'is there already' : null) ??
      (parentsOf(key).some((parent) => taken.has(parent)) ? 'lies below a file' : null) ??
      (kept.length === planningLimits.files ? `is one of over ${planningLimits.files}` : null) ??
      (chars + text.length > planningLimits.filesChars
        ? `takes all files over ${planningLimits.filesChars} characters`
        : null);
    if (fault !== null) {
      problems.push(`file ${oneLine(path, 200)} ${fault}`);
      continue;
    }
    taken.add(key);
    for (const parent of parentsOf(key)) takenFolders.add(parent);
    chars += text.length;
    kept.push({ path, text });
  }
  return { kept, problems };
}

function faultOf(path: string, text: string): string | null {
  const unsafe = unsafePath(path);
  if (unsafe !== null) return unsafe;
  const segments = path.split('/');
  if (path.includes('*')) return 'is a pattern, not a file';
  if (!folders.includes(segments[0] ?? '') || segments.length < 2) {
    return `lies elsewhere than in ${folders.join('/, ')}/`;
  }
  if (segments.some((segment) => segment.startsWith('.'))) return 'is hidden';
  if (segments.includes('node_modules')) return 'lies in node_modules';
  if (text.includes('\0')) return 'is no text';
  return text.length > planningLimits.fileChars
    ? `is over ${planningLimits.fileChars} characters`
    : null;
}

function parentsOf(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

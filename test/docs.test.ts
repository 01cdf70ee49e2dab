import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verbs } from '../src/cli/verb-table.ts';
import { formatDiagnostic } from '../src/engine/plan/diagnostic.ts';
import { loadPlan } from '../src/engine/plan/load.ts';

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const read = (path: string): string => readFileSync(path, 'utf8');

/** Every first group of what matches. */
function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

describe('ARCHITECTURE.md', () => {
  const named = all(read('ARCHITECTURE.md'), /`([\w./-]+)`/g);
  const roots = /^(src|core|engine|cli|test|docs|scripts|bench|examples)(\/|$)/;

  it('names files by a path that exists, from the root or from src', () => {
    const paths = named.filter((path) => roots.test(path));
    expect(paths.length).toBeGreaterThan(100);
    expect(paths.filter((path) => !existsSync(path) && !existsSync(`src/${path}`))).toEqual([]);
  });

  it('names no file by less than its path', () => {
    expect(named.filter((name) => /\.(ts|mjs)$/.test(name) && !roots.test(name))).toEqual([]);
  });
});

describe('README.md', () => {
  it('shows a plan that is fit', () => {
    const [plan, ...more] = all(read('README.md'), /```yaml\n([^]*?)```/g);
    expect(more).toEqual([]);
    const { diagnostics } = loadPlan(plan ?? '', 'words.plan.yaml');
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  });

  it('lists every verb, and no other', () => {
    const listed = all(read('README.md'), /^\| `([a-z]+)[^`]*` +\|/gm);
    const ready = verbs.filter(({ load }) => load !== 'later');
    expect(listed).toEqual(ready.map(({ name }) => name));
  });
});

it.each(documents)('%s links to files that exist', (document) => {
  const links = all(read(document), /\]\((?!https?:|#)([^)#]+)/g);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});

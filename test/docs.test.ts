import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verbs } from '../src/cli/verb-table.ts';
import { knownAgents } from '../src/core/plan/rule-pools.ts';
import { pricesAsOf, usualModels } from '../src/engine/agents/models/anthropic-models.ts';
import { formatDiagnostic } from '../src/engine/plan/diagnostic.ts';
import { loadPlan } from '../src/engine/plan/load.ts';

const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...['docs/agents.md', 'docs/editor.md', 'docs/cli.md', 'docs/plan.md', 'docs/script.md'],
];
const read = (path: string): string => readFileSync(path, 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    };
  };
}

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
    expect(listed).toEqual(verbs.map(({ name }) => name));
  });
});

describe('docs/agents.md', () => {
  const text = read('docs/agents.md');

  it('lists every provider, and no other', () => {
    expect(all(text, /^\| `([a-z-]+)` +\|/gm)).toEqual(knownAgents);
    expect(all(read('README.md'), /^- \*\*`([a-z-]+)`\*\*/gm)).toEqual(knownAgents);
  });

  it('says the day of the prices, and which models work where nobody names one', () => {
    expect(text).toContain(pricesAsOf);
    for (const model of Object.values(usualModels)) expect(text).toContain(`\`${model}\``);
  });

  it('lists every variable that the command line reads', () => {
    const sources = ['model-options.ts', 'main.ts', 'process-terminal.ts'];
    const code = sources.map((name) => read(`src/cli/${name}`)).join('');
    const variables = new Set(all(code, /\benv\.([A-Z_]+)/g));
    expect(variables.size).toBeGreaterThan(5);
    expect([...variables].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('docs/editor.md', () => {
  const text = read('docs/editor.md');
  const strings = JSON.parse(read('package.nls.json')) as Record<string, string>;
  const { contributes } = JSON.parse(read('package.json')) as Manifest;

  it('lists every command by its title, and no other', () => {
    const titles = contributes.commands.map(({ title }) => strings[title.slice(1, -1)] ?? title);
    expect(all(text, /^\| \*\*(.+?)\*\* +\|/gm).sort()).toEqual(titles.sort());
  });

  it('lists every setting with its default, and no other', () => {
    const { properties } = contributes.configuration;
    const settings = Object.entries(properties).map(
      ([id, { default: value }]) => `${id} ${value === '' ? 'empty' : `\`${String(value)}\``}`,
    );
    const rows = [...text.matchAll(/^\| `(ashlar\.\w+)` +\| (\S+)/gm)];
    expect(rows.map(([, id = '', value = '']) => `${id} ${value}`).sort()).toEqual(settings.sort());
  });
});

it.each(documents)('%s links to files that exist', (document) => {
  const links = all(read(document), /\]\((?!https?:|#)([^)#]+)/g);
  expect(links.filter((path) => !existsSync(join(dirname(document), path)))).toEqual([]);
});

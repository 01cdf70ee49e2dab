import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pictures } from '../scripts/docs/pictures.mjs';
import { cut, decodePng, encodePng } from '../scripts/docs/png.mjs';
import { packedReadme } from '../scripts/packed-readme.mjs';
import { parseArguments } from '../src/cli/arguments.ts';
import { verbs } from '../src/cli/verb-table.ts';
import { knownAgents } from '../src/core/plan/rule-pools.ts';
import { pricesAsOf, usualModels } from '../src/engine/agents/models/anthropic-models.ts';
import { formatDiagnostic } from '../src/engine/plan/diagnostic.ts';
import { loadPlan } from '../src/engine/plan/load.ts';

const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => `docs/${path.replaceAll('\\', '/')}`)
  .sort();
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...inDocs];
const guide = inDocs.filter((path) => path.startsWith('docs/guide/'));
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

const withoutCode = (text: string): string => text.replaceAll(/^```[^]*?^```/gm, '');

/** What can stand behind `#` in a link to this text: as GitHub makes it of headings. */
function anchors(text: string): Set<string> {
  const found = new Set<string>();
  for (const heading of all(withoutCode(text), /^#{1,6} +(.+?) *$/gm)) {
    const words = heading.replaceAll(/\[(.*?)\]\(.*?\)/g, '$1').toLowerCase();
    const slug = words.replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    let name = slug;
    for (let at = 1; found.has(name); at++) name = `${slug}-${String(at)}`;
    found.add(name);
  }
  return found;
}

/** Where a link of a document leads to nothing. */
function broken(document: string): string[] {
  const links = all(withoutCode(read(document)), /\]\((?!https?:)([^)\s]+)\)/g);
  return links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchors(read(target)).has(anchor);
  });
}

/** The words of a command line, without what a shell does with what it prints. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.split(/ (?:#|[|>]|&&) ?/);
  const stands: Readonly<Record<string, string>> = {
    ...{ RUN: '20260301-1200-ab3d', OTHER: '20260302-0900-77c1', DIGEST: '0'.repeat(64), N: '2' },
  };
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, quoted, single, bare]) => quoted ?? single ?? stands[bare ?? ''] ?? bare ?? '',
  );
}

/** What the command line would say against it; null where it takes it. */
function refusal(line: string): string | null {
  const words = wordsOf(line).slice(1);
  const [name = '', ...rest] = words[0] === '--cwd' ? words.slice(2) : words;
  if (['--help', '--version'].includes(name)) return null;
  const verb = verbs.find((each) => each.name === name);
  if (verb === undefined) return `${line}: there is no verb ${name}`;
  const parsed = parseArguments(verb, rest);
  return parsed.ok ? null : `${line}: ${parsed.says}`;
}

/** The same of a line in a sentence, where what is required may be left to the reader. */
function unknownWords(line: string): string[] {
  const words = wordsOf(line).slice(1);
  const [name = '', ...rest] = words[0] === '--cwd' ? words.slice(2) : words;
  const verb = verbs.find((each) => each.name === name);
  if (verb === undefined) return name.startsWith('<') ? [] : [`${line}: there is no verb ${name}`];
  const options = rest.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  return options
    .filter((option) => !verb.options.some((each) => each.name === option.split('=')[0]))
    .map((option) => `${line}: ${name} has no --${option}`);
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

describe('docs/guide', () => {
  const strings = JSON.parse(read('package.nls.json')) as Record<string, string>;
  const { contributes } = JSON.parse(read('package.json')) as Manifest;
  const titles = new Set(
    contributes.commands.map(({ title }) => strings[title.slice(1, -1)] ?? title),
  );

  it('has an index that leads to every page', () => {
    const linked = new Set(all(read('docs/guide/README.md'), /\]\(([\w-]+\.md)\)/g));
    const pages = guide.map((path) => path.slice('docs/guide/'.length));
    expect(pages.filter((page) => page !== 'README.md' && !linked.has(page))).toEqual([]);
  });

  it.each(guide)('%s names commands and settings that there are', (page) => {
    const text = read(page);
    const named = all(text, /\*\*Ashlar: ([^*]+)\*\*/g).map((name) => name.replaceAll(/\s+/g, ' '));
    expect(named.filter((name) => !titles.has(name))).toEqual([]);
    const settings = Object.keys(contributes.configuration.properties);
    const set = all(text, /`(ashlar\.[a-z]\w+)`/g).filter((name) => name !== 'ashlar.mjs');
    expect(set.filter((name) => !settings.includes(name) && !name.endsWith('Foreground'))).toEqual(
      [],
    );
  });
});

describe('pictures', () => {
  const shown = documents.flatMap((document) =>
    [...read(document).matchAll(/!\[([^]*?)\]\(([^)]+)\)/g)].map(([, words = '', path = '']) => ({
      document,
      words,
      file: join(dirname(document), path).replaceAll('\\', '/'),
    })),
  );
  const files = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(png|jpe?g|gif|svg|webp)$/.test(path))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`);

  it('are all shown, and were all taken by a test that still takes them', () => {
    expect([...new Set(shown.map(({ file }) => file))].sort()).toEqual(files.sort());
    expect(
      pictures
        .map(({ file }) => file)
        .filter((file) => file.startsWith('docs/'))
        .sort(),
    ).toEqual(files.sort());
    const untaken = pictures.filter(
      ({ test, shot }) => !read(`test/editor/${test}.e2e.test.ts`).includes(`'${shot}'`),
    );
    expect(untaken.map(({ file }) => file)).toEqual([]);
  });

  it('are told of in a sentence, for those who do not see them', () => {
    expect(shown.filter(({ words }) => words.length < 60)).toEqual([]);
  });

  it('have few colours each, and are small together', () => {
    for (const file of files) {
      const bytes = readFileSync(file);
      // Its head: the width, and that its colours stand in a table.
      expect([file, bytes.readUInt32BE(16) >= 600, bytes[25]]).toEqual([file, true, 3]);
    }
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(1_500_000);
  });

  it('keep their colours where there are few, and are cut to a part', () => {
    const pixels = Uint32Array.from({ length: 40 * 30 }, (_, at) => 0x101010 * (at % 16));
    const picture = { width: 40, height: 30, pixels };
    expect(decodePng(encodePng(picture))).toEqual(picture);
    const part = cut(picture, { x: 3, y: 29, width: 2, height: 10 });
    expect(part).toEqual({ width: 2, height: 1, pixels: pixels.slice(29 * 40 + 3, 29 * 40 + 5) });
  });

  it('and links to files are left out of the packed README, which could show neither', () => {
    const packed = packedReadme(read('README.md'));
    expect(all(withoutCode(packed), /\]\((?!https?:|#)([^)\s]+)\)/g)).toEqual([]);
    expect(packed).not.toContain('![');
    expect(packed).toContain('The user guide has a page per task');
  });
});

it.each(documents)('%s links to files and headings that exist', (document) => {
  expect(broken(document)).toEqual([]);
});

it.each(documents)('%s shows command lines that the command line takes', (document) => {
  const blocks = all(read(document), /^```sh\n([^]*?)^```/gm);
  const lines = blocks
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .flatMap((line) => all(line, /^(?:[A-Z_]+=\S+ )*((?:ashlar|node dist\/cli\/ashlar\.mjs) .+)$/g))
    .map((line) => line.replace('node dist/cli/ashlar.mjs', 'ashlar'))
    .filter((line) => !line.includes('<'));
  expect(lines.flatMap((line) => refusal(line) ?? [])).toEqual([]);
  const spans = all(withoutCode(read(document)), /`(ashlar [^`]+)`/g);
  expect(spans.flatMap(unknownWords)).toEqual([]);
});

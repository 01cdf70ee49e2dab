import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { verbs } from '../../src/cli/verb-table.ts';
import { ways } from '../../src/core/way.ts';
import { tools } from '../../src/engine/tools/tools.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeFiles } from '../support/tiny-workspace.ts';
import { invoke } from './invoke.ts';

const folder = 'media/claude-plugin';
const text = (path: string): string => readFileSync(join(folder, path), 'utf8');
const commands = readdirSync(join(folder, 'commands')).map((file) => file.replace(/\.md$/, ''));
const all = (of: string, pattern: RegExp): string[] =>
  [...of.matchAll(pattern)].map(([, found = '']) => found);

/** What stands in capitals is filled in by whoever reads it. */
const filled: Readonly<Record<string, string>> = {
  ...{ RUN: '20260301-1200-ab3d', GATE: 'ship', DIGEST: 'a'.repeat(64), TEXT: 'text' },
  ...{ NAME: 'name', PLAN: 'a.plan.yaml' },
};

function fault(line: string): string | null {
  const [, name, ...words] = line.split(/\s+/).map((word) => filled[word] ?? word);
  const spec = verbs.find((verb) => verb.name === name);
  if (spec === undefined) return `there is no verb ${name}`;
  const parsed = parseArguments(spec, words);
  return parsed.ok ? null : parsed.says;
}

describe('the commands for Claude Code', () => {
  it('are these', () => {
    expect(commands.sort()).toEqual([
      ...['ce-exec', 'ce-parallel-exec', 'ce-parallel-plan', 'ce-parallel-pr'],
      ...['ce-parallel-review', 'ce-plan', 'ce-pr', 'ce-review', 'why'],
    ]);
  });

  it.each(commands)('%s calls verbs, tools and commands that there are', (name) => {
    const command = text(`commands/${name}.md`);
    const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(command) ?? [];
    expect(head).toMatch(/^description: \S.{10,100}$/m);
    expect(body).toContain('$ARGUMENTS');
    // Places by number are counted differently from one reader to the next.
    expect(body).not.toMatch(/\$[0-9]/);
    const calls = all(body, /`(ashlar [^`]+)`/g);
    expect(calls.map((call) => [call, fault(call)])).toEqual(calls.map((call) => [call, null]));
    const known = tools.map((tool) => tool.name as string);
    const named = all(body, /\btools? `(\w+)`/g);
    expect(named).not.toEqual([]);
    expect(known).toEqual(expect.arrayContaining(named));
    // Used without asking is only what changes nothing.
    const looks = tools.filter(({ kind }) => kind === 'look').map((tool) => tool.name as string);
    const allowed = /^allowed-tools: (.*)$/m.exec(head)?.[1]?.split(', ') ?? [];
    for (const tool of allowed) {
      expect(looks.map((look) => `mcp__plugin_ashlar_ashlar__${look}`)).toContain(tool);
    }
    const others = all(body, /\/ashlar:([\w-]+)/g);
    expect(commands).toEqual(expect.arrayContaining(others));
    expect(ways).toEqual(expect.arrayContaining(all(body, /`way: (\w+)`/g)));
  });

  it('would fail for a call that there is not', () => {
    expect(fault('ashlar approve RUN GATE')).toContain('--subject is missing');
    expect(fault('ashlar merge RUN')).toBe('there is no verb merge');
  });

  it('are all in the table of their page, and none else', () => {
    expect(all(text('README.md'), /^\| `\/ashlar:([\w-]+)/gm).sort()).toEqual(commands.sort());
  });

  it('come as a plugin of this version, with `ashlar mcp` as its server', () => {
    const json = (path: string) =>
      JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const { version } = json('package.json');
    expect(json(join(folder, '.claude-plugin/plugin.json'))).toMatchObject({
      name: 'ashlar',
      version,
    });
    const args = ['${CLAUDE_PLUGIN_ROOT}/bin/ashlar', 'mcp'];
    expect(json(join(folder, '.mcp.json'))).toEqual({
      mcpServers: { ashlar: { command: 'node', args } },
    });
    expect(fault('ashlar mcp')).toBeNull();
  });
});

describe('the program beside them', () => {
  const program = "process.stdout.write(process.argv.slice(2).join('|'));\n";

  it.each(['', '{ "type": "module" }', '{ "type": "commonjs" }'])(
    'calls the command line that it was laid from, below a package %j',
    async (manifest) => {
      await using place = await tempFolder();
      writeFiles(place.path, {
        'from/dist/cli/ashlar.mjs': program,
        'from/media/claude-plugin/bin/ashlar': text('bin/ashlar'),
        ...(manifest === '' ? {} : { 'package.json': manifest }),
      });
      const { layPlugin, usualFolder } =
        await import('../../src/engine/claude-plugin/lay-plugin.ts');
      const source = { packageFolder: join(place.path, 'from') };
      await layPlugin(source, { workspace: place.path, folder: usualFolder }, { force: false });
      const laid = join(place.path, usualFolder, 'bin/ashlar');
      const said = execFileSync(process.execPath, [laid, 'status', '--json'], { encoding: 'utf8' });
      expect(said).toBe('status|--json');
    },
  );

  it('finds the newest that an editor brings, and says what to do where there is none', async () => {
    await using place = await tempFolder();
    const says = (version: string) => `process.stdout.write('${version}');\n`;
    const run = () =>
      spawnSync(process.execPath, [join(place.path, 'bin/ashlar')], {
        ...{ encoding: 'utf8' as const },
        env: { ...process.env, HOME: place.path, ASHLAR_PROGRAM: '' },
      });
    writeFiles(place.path, { 'bin/ashlar': text('bin/ashlar') });
    const { status, stderr } = run();
    expect({ status, stderr }).toEqual({
      status: 127,
      stderr: expect.stringContaining('install them again') as string,
    });
    for (const version of ['0.9.0', '0.10.0', '0.2.0']) {
      const extension = `.vscode/extensions/ashlar.ashlar-${version}`;
      writeFiles(place.path, { [`${extension}/dist/cli/ashlar.mjs`]: says(version) });
    }
    expect(run().stdout).toBe('0.10.0');
  });
});

describe('ashlar plugin', () => {
  const run = async (place: string, line: string) => {
    const { code, terminal } = invoke([
      '--cwd',
      place,
      'plugin',
      ...line.split(' ').filter(Boolean),
    ]);
    return { code: await code, out: terminal.stdout, err: terminal.stderr };
  };

  it('says what it would write, writes it, and takes it away', async () => {
    await using place = await tempFolder();
    const dry = await run(place.path, '--dry-run');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toMatch(
      /^\.claude\/skills\/ashlar\n {2}new {6}\.claude-plugin\/plugin\.json\n/,
    );
    expect(dry.out).toContain('15 files would be written\n');
    expect(readdirSync(place.path)).toEqual([]);
    expect((await run(place.path, '')).out).toContain('15 files written\nClaude Code loads them');
    writeFiles(place.path, { '.claude/skills/ashlar/commands/why.md': 'mine\n' });
    const again = await run(place.path, '');
    expect(again.code).toBe(1);
    expect(again.out).toContain('  changed  commands/why.md\n');
    expect(again.out).toContain('1 file changed by hand was left alone (--force gives that up)');
    expect(await run(place.path, '--remove --force')).toMatchObject({ code: 0 });
    expect(readdirSync(place.path)).toEqual([]);
  });

  it('lays them elsewhere where that is asked for, and prints one object', async () => {
    await using place = await tempFolder();
    const { out } = await run(place.path, 'tools/claude --json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ folder: join(place.path, 'tools/claude'), removing: false, dryRun: false },
      changes: expect.arrayContaining([{ path: '.mcp.json', what: 'new' }]) as unknown,
    });
  });
});

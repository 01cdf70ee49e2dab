import {
  chmod,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realEngine, type Engine } from '../../src/cli/engine.ts';
import type { PreparedRun } from '../../src/engine/check-plan.ts';
import { unwritablePlan } from '../../src/engine/plan/unreadable.ts';
import type { Diagnostic } from '../../src/engine/plan/diagnostic.ts';
import { smallPlan } from '../core/projections/story.ts';
import { spoil } from '../engine/plan/good-plan.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { fakeEngine } from './fake-engine.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { invoke } from './invoke.ts';

const prepared = { plan: smallPlan(), contracts: [] } as unknown as PreparedRun;
const missing: Diagnostic = {
  ...{ code: 'contract-missing', severity: 'error', file: 'p.yaml' },
  ...{ line: 3, column: 5, endLine: 3, endColumn: 9 },
  ...{ message: 'there is no contracts/a.md', fix: 'Write it.', edits: [], saves: null },
};

const answering = (diagnostics: readonly Diagnostic[], notes: readonly string[] = []) =>
  fakeEngine({
    checkPlan: async () => ({
      ok: true,
      diagnostics,
      prepared: diagnostics.length === 0 ? prepared : null,
      notes,
    }),
  });

describe('check', () => {
  it('says that a plan is fit, and what a person should know', async () => {
    const engine = answering([], ['base: your files as they are']);
    const { code, terminal } = invoke('check p.yaml', { engine });
    expect(await code).toBe(0);
    expect(terminal.stdout).toBe(
      'note: base: your files as they are\ntiny: fit; 3 modules, 0 tests that decide, none of them vacuous\n',
    );
  });

  it('names the prerequisites, and leaves them to the run', async () => {
    const common = { timeoutMs: null, remedy: null };
    const prerequisites = [
      { ...common, name: 'key', env: 'API_KEY', pattern: null },
      { ...common, name: 'database', service: 'localhost:5432' },
      { ...common, name: 'docs', mcp: 'docs-server --stdio', pass: ['DOCS_TOKEN', 'DOCS_USER'] },
    ];
    const plan = { ...smallPlan(), prerequisites };
    const engine = fakeEngine({
      checkPlan: async () => ({
        ok: true,
        diagnostics: [],
        prepared: { ...prepared, plan },
        notes: [],
      }),
    });
    const { code, terminal } = invoke('check p.yaml', { engine });
    expect(await code).toBe(0);
    expect(terminal.stdout).toContain('checked when a run starts: key, API_KEY is set\n');
    expect(terminal.stdout).toContain('database, localhost:5432 is reachable\n');
    expect(terminal.stdout).toContain(
      'docs, MCP server docs-server --stdio, given DOCS_TOKEN, DOCS_USER, answers\n',
    );
  });

  it('prints each diagnostic with its place and what to do, and refuses with 1', async () => {
    const { code, terminal } = invoke('check p.yaml', { engine: answering([missing]) });
    expect(await code).toBe(1);
    expect(terminal.stdout).toBe(
      'p.yaml:3:5 contract-missing there is no contracts/a.md\n  → Write it.\n',
    );
    expect(terminal.stderr).toBe('ashlar: the plan is refused: 1 error\n');
  });

  it('prints one JSON object, with the edits of each diagnostic and what they save', async () => {
    const edits = [
      {
        title: 'Make a soft: 4 minutes less',
        steps: [{ op: 'set', path: ['modules', 'b', 'needs', 0, 'kind'], value: 'soft' }],
        changes: [{ line: 3, column: 5, endLine: 3, endColumn: 9, text: 'soft' }],
      },
    ] as const;
    const advised: Diagnostic = {
      ...missing,
      ...{ code: 'could-be-soft', severity: 'advice', edits },
      saves: { parallelMinutes: 4, criticalMinutes: 5 },
    };
    const engine = fakeEngine({
      checkPlan: async () => ({ ok: true, diagnostics: [advised], prepared, notes: ['a note'] }),
    });
    const { code, terminal } = invoke('check p.yaml --json', { engine });
    expect(await code).toBe(0);
    expect(JSON.parse(terminal.stdout)).toEqual({
      fit: true,
      diagnostics: [advised],
      notes: ['a note'],
      prerequisites: [],
    });
    const refused = invoke('check p.yaml --json', { engine: answering([missing]) });
    expect(await refused.code).toBe(1);
    expect(JSON.parse(refused.terminal.stdout)).toMatchObject({ fit: false });
  });

  it('writes what is advised into the plan, and shows what that changes', async () => {
    await using folder = await tempFolder();
    const text = spoil('minutes: 60, review: 2', 'minutes: 30, review: 2');
    await writeFile(join(folder.path, 'p.plan.yaml'), text);
    const engine: Engine = {
      ...answering([]),
      fixPlan: (options) => realEngine.fixPlan(options),
    };
    const line = ['--cwd', folder.path, 'check', 'p.plan.yaml', '--fix'];
    const { code, terminal } = invoke(line, { engine });
    expect(await code).toBe(0);
    expect(terminal.stdout).toBe(
      [
        'wrote: Make store soft: 21.5 minutes less',
        '  @@ line 49',
        '  -     needs: [store]',
        '  +     needs: [{ module: store, kind: soft }]',
        'tiny: fit; 3 modules, 0 tests that decide, none of them vacuous',
        '',
      ].join('\n'),
    );
    const written = await readFile(join(folder.path, 'p.plan.yaml'), 'utf8');
    expect(written).toBe(
      text.replace('[store]\n    owns', '[{ module: store, kind: soft }]\n    owns'),
    );
    const again = invoke(line, { engine });
    expect(await again.code).toBe(0);
    expect(again.terminal.stdout).toContain('nothing is advised');
    expect(await readFile(join(folder.path, 'p.plan.yaml'), 'utf8')).toBe(written);
  });

  it('leaves the old plan whole until the new one is there, with its permissions', async () => {
    await using folder = await tempFolder();
    const text = spoil('minutes: 60, review: 2', 'minutes: 30, review: 2');
    const at = (name: string): string => join(folder.path, name);
    await mkdir(at('plans'));
    await writeFile(at('plans/real.yaml'), text);
    await chmod(at('plans/real.yaml'), 0o640);
    // Another name of the very same file, and a link to it.
    await link(at('plans/real.yaml'), at('same.yaml'));
    await symlink('plans/real.yaml', at('p.plan.yaml'));
    const engine: Engine = { ...answering([]), fixPlan: (options) => realEngine.fixPlan(options) };
    const { code } = invoke(['--cwd', folder.path, 'check', 'p.plan.yaml', '--fix'], { engine });
    expect(await code).toBe(0);
    expect(await readFile(at('same.yaml'), 'utf8')).toBe(text);
    expect(await readFile(at('plans/real.yaml'), 'utf8')).toContain('kind: soft');
    expect((await lstat(at('p.plan.yaml'))).isSymbolicLink()).toBe(true);
    expect((await stat(at('plans/real.yaml'))).mode & 0o777).toBe(0o640);
    expect(await readdir(at('plans'))).toEqual(['real.yaml']);
  });

  it.each([
    ['ENOSPC', 'no space is left where it lies'],
    ['EROFS', 'it lies on a file system that is read only'],
    ['EACCES', 'the permissions of the file or its folder do not allow it'],
  ])('says why a plan could not be written (%s), and that it is as it was', (code, why) => {
    const { message } = unwritablePlan('p.yaml', Object.assign(new Error('x'), { code }));
    expect(message).toBe(
      `p.yaml cannot be written: ${why}; it is as it was. Change that, or make the edits that \`ashlar check\` names`,
    );
  });

  // Who may write everything is kept from nothing.
  it.skipIf(process.getuid?.() === 0)(
    'does not replace a plan that may not be written',
    async () => {
      await using folder = await tempFolder();
      const path = join(folder.path, 'p.plan.yaml');
      const text = spoil('minutes: 60, review: 2', 'minutes: 30, review: 2');
      await writeFile(path, text);
      await chmod(path, 0o444);
      const engine: Engine = {
        ...answering([]),
        fixPlan: (options) => realEngine.fixPlan(options),
      };
      const line = ['--cwd', folder.path, 'check', 'p.plan.yaml', '--fix'];
      const { code, terminal } = invoke(line, { engine });
      expect(await code).toBe(2);
      expect(terminal.stderr).toContain('p.plan.yaml cannot be written: the permissions');
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );

  it('guesses where paths were meant to begin', async () => {
    const { code, terminal } = invoke('check deep/p.yaml', { engine: answering([missing]) });
    expect(await code).toBe(1);
    expect(terminal.stderr).toContain('perhaps: ashlar --cwd deep');
  });

  it('ends on an interrupt without its noise', async () => {
    const terminal = new FakeTerminal();
    const engine = fakeEngine({
      checkPlan: ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('a child was killed')));
          setImmediate(() => terminal.interrupt());
        }),
    });
    const { code } = invoke('check p.yaml', { terminal, engine });
    expect(await code).toBe(130);
    expect(terminal.stderr).toBe('interrupted; nothing was started\n');
    expect(terminal.leaks).toBe(0);
  });
});

it('a refused plan does not run, and nothing of it is on stdout', async () => {
  const { code, terminal } = invoke('run p.yaml --json', { engine: answering([missing]) });
  expect(await code).toBe(1);
  expect(terminal.stdout).toBe('');
  expect(terminal.stderr).toContain('contract-missing');
});

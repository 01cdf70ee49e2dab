import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/cli/engine.ts';
import { engineWith, fakeEngine } from './fake-engine.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { invoke } from './invoke.ts';
import { Story } from '../core/projections/story.ts';

const run = '20260301-1200-ab3d';
const digest = 'a'.repeat(64);

async function refusal(line: string | readonly string[], engine?: Engine): Promise<string> {
  const { code, terminal } = invoke(line, engine === undefined ? {} : { engine });
  expect(await code).toBe(2);
  expect(terminal.stdout).toBe('');
  expect(terminal.stderr).toMatch(/^ashlar: [^\n]+\n$/);
  expect(terminal.stderr).not.toMatch(/\n? {2,}at |\bat .*:\d+:\d+/);
  expect(terminal.leaks).toBe(0);
  return terminal.stderr;
}

describe('what cannot be done as asked ends with 2 and one line that says why', () => {
  it.each<[string | readonly string[], string]>([
    ['', 'a verb is missing'],
    ['chekc plan.yaml', 'did you mean check?'],
    ['frobnicate', '`ashlar --help` lists them'],
    ['-x', 'unknown option "-x" before the verb'],
    ['--json status', 'before the verb'],
    ['--cwd', '--cwd wants a folder'],
    ['--cwd= status', '--cwd wants a folder'],
    ['--cwd /no/such/folder status', '/no/such/folder: there is no such file'],
    ['plan', '<goal> is missing'],
    ['plan a goal', 'is one argument too many'],
    ['simulate p.yaml --places 0', '--places wants a whole number from 1 to 10000'],
    ['simulate p.yaml --places 1.5', '--places wants a whole number from 1 to 10000'],
    ['run p.yaml --model builder=x', 'there is no pool "builder": Did you mean "builders"?'],
    ['run p.yaml --model builders=a,builders=b', 'it names two models for builders'],
    ['run p.yaml --model a,builders=b', 'it names two models for builders'],
    ['run p.yaml --model builders=', '"" is no model’s id'],
    [
      'run p.yaml --base-url models',
      '--base-url wants an address such as https://host/path: it is no',
    ],
    ['run p.yaml --base-url http://a.test', 'the key would cross the network in the clear'],
    ['run p.yaml --base-url https://me:secret@a.test', 'it holds a name or a password'],
    ['run p.yaml --base-url https://a.test/v1/messages', '/v1/messages is added to it'],
    ['mcp stdio', 'one argument too many'],
    ['help frob', 'unknown verb "frob"'],

    ['check', '<plan> is missing'],
    ['check a.yaml b.yaml', '"b.yaml" is one argument too many'],
    ['check a.yaml --base main', '--base wants one of work-tree, HEAD, not "main"'],
    ['check a.yaml --sandbox maybe', '--sandbox wants one of require, prefer, off'],
    ['check a.yaml --sandbox', '--sandbox wants one of'],
    ['check a.yaml --cwd x', '--cwd stands before the verb'],

    ['run', '<plan> is missing'],
    ['run a.yaml --speed fast', '--speed wants a number above 0'],
    ['run a.yaml --speed 0', '--speed wants a number above 0'],
    ['run a.yaml --speed -1', '--speed wants a number above 0'],
    ['run a.yaml --speed 1e9', '--speed wants a number above 0'],
    ['run a.yaml --script', '--script wants a path'],
    ['run a.yaml --script --yes', '--script wants a path'],
    ['run a.yaml --agents=', '--agents wants a text'],
    ['run a.yaml --yes=no', '--yes takes no value'],
    ['run a.yaml --yes --yes', '--yes is given twice'],
    ['run a.yaml --jsn', 'did you mean --json?'],
    ['run a.yaml -j', 'unknown option "-j"'],

    ...['1.5', '-1', '1e6', '', '0', '9'.repeat(16), '4k', '0x10', ' 5', '٣'].flatMap(
      (value): [readonly string[], string][] =>
        ['tokens', 'turns', 'attempts'].map((name) => [
          ['resume', `--${name}=${value}`],
          `--${name} wants a whole number above 0`,
        ]),
    ),
    ...['-1', '1e6', '', '.5', '1.', '1.2345678', 'NaN', 'Infinity', '9'.repeat(16)].flatMap(
      (value): [readonly string[], string][] =>
        ['minutes', 'usd'].map((name) => [
          ['resume', `--${name}=${value}`],
          `--${name} wants a number such as 12.5`,
        ]),
    ),
    ['resume --tokens', '--tokens wants a whole number'],
    ['resume --tokens -5', '--tokens wants a whole number above 0, such as 400000, not "-5"'],
    ['resume yesterday', '"yesterday" is no run\'s id'],
    [`resume ${run} --base HEAD`, 'unknown option "--base"'],
    ['status yesterday', "is no run's id"],
    ['status --jason', 'did you mean --json?'],
    ['pause', '<run> is missing'],
    ['pause ../../etc', "is no run's id"],
    ['cancel', '<run> is missing'],
    [`cancel ${run} --reason=`, '--reason wants a text'],

    ['approve', '<run> is missing'],
    [`approve ${run}`, '<gate> is missing'],
    [`approve ${run} ship`, '--subject is missing'],
    [`approve ${run} ship --subject abc`, '--subject wants the 64 digits'],
    [
      `resolve ${run} lexer --decision amend --reason x`,
      '<conflict> wants the number of a conflict',
    ],
    [`approve ${run} Ship! --subject ${digest}`, '"Ship!" is no gate\'s name'],
    [`reject ${run} ship`, '--note is missing'],
    [`reject ${run} ship --note`, '--note wants a text'],
    [`reject ${run} ship --note x --subject abc`, '--subject wants the 64 digits'],
    [`reopen ${run}`, '<module> is missing'],
    [`reopen ${run} lexer`, '--reason is missing'],
    [`reopen ${run} ../lexer --reason x`, "is no module's name"],
    [`amend ${run} lexer --reason x`, '--contract is missing'],
    [`amend ${run} lexer --contract c.md`, '--reason is missing'],
    [`amend ${run} lexer --reason x --contract`, '--contract wants a path'],
    ['verify nothing', "is no run's id"],
    ['report nothing', "is no run's id"],
  ])('%s', async (line, says) => {
    expect(await refusal(line)).toContain(says);
  });

  it('also where the folder is a file, or a name is hostile', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ashlar-')), 'file');
    writeFileSync(file, '');
    expect(await refusal(['--cwd', file, 'status'])).toContain('is no folder');
    expect(await refusal(['\u001b[2Jx\ny'])).toContain('unknown verb');
    expect(await refusal(['check', 'a\0b'])).toContain('<plan> wants a path');
    expect(await refusal(['status', 'x'.repeat(10_000)])).toMatch(/^.{0,400}$/m);
  });
});

describe('what the engine cannot do ends the same way', () => {
  const no = { ok: false, code: 'x', message: 'there is none;\nstart one' } as const;
  const engine = fakeEngine({
    checkPlan: async () => no,
    readRun: async () => no,
    listRuns: async () => [],
    verifyRun: async () => no,
    sendCommand: async () => no,
  });
  it.each([
    'check a.yaml',
    'run a.yaml',
    'resume',
    `resume ${run}`,
    'status',
    'status --json',
    'verify',
    'report',
    `pause ${run}`,
    `cancel ${run}`,
    `approve ${run} ship --subject ${digest}`,
    `reject ${run} ship --note no`,
    `reopen ${run} lexer --reason x`,
    `amend ${run} lexer --reason x --contract c.md`,
  ])('%s', async (line) => {
    expect(await refusal(line, engine)).toContain('there is no');
  });

  it.each([
    [
      Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', path: '/x/y' }),
      '/x/y: permission denied',
    ],
    [Object.assign(new Error('spawn git'), { code: 'ENOSPC', path: '/d' }), 'no space is left'],
    [new Error('two\nlines'), 'two lines'],
    [new TypeError('x is not a function'), 'unexpected: x is not a function; ASHLAR_TRACE=1'],
    ['a text', 'a text'],
  ])('when it throws %s', async (error, says) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const failing = fakeEngine({ readRun: () => Promise.reject(error) });
    expect(await refusal('status', failing)).toContain(says);
  });

  it('says so when nobody reads stdout any more', async () => {
    const terminal = new FakeTerminal();
    terminal.close();
    const { code } = invoke('status', { terminal, engine: engineWith(new Story()).engine });
    expect(await code).toBe(2);
    expect(terminal.stderr).toContain('stdout was closed before everything was written');
  });

  it('refuses to resume what is over, or is driven elsewhere', async () => {
    const over = new Story().toApproval().approve('ship').deliver();
    over.do({
      type: 'record-postmortem',
      order: (over.events.at(-1)?.seq ?? 0) as never,
      digest: digest as never,
    });
    expect(await refusal(`resume ${run}`, engineWith(over).engine)).toContain('is over');
    expect(await refusal('resume', engineWith(over).engine)).toContain('no run to go on with');
    const driven = engineWith(new Story().go(), { pid: 7, host: 'there' });
    expect(await refusal('resume', driven.engine)).toContain('driven already, by process 7');
  });
});

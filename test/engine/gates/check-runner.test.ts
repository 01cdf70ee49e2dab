import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckPlan } from '../../../src/core/plan/plan.ts';
import type { CheckRequest } from '../../../src/engine/gates/check-request.ts';
import { RealCheckRunner } from '../../../src/engine/gates/check-runner.ts';
import {
  checkPlan,
  checkRequest,
  listed,
  makeTree,
  sandboxModes,
  sayings,
  unaborted,
  type Files,
} from './rig.ts';

const modes = await sandboxModes();
const runner = new RealCheckRunner({
  env: {
    ...process.env,
    SECRET: 'hidden',
    ANTHROPIC_API_KEY: 'sk-ant-planted',
    SHOWN: 'seen',
    TOKEN: 'hunter/two',
    LEVEL: 'high',
  },
});

async function judge(
  files: Files,
  check: ReturnType<typeof checkPlan>,
  more: Partial<CheckRequest> = {},
) {
  await using tree = await makeTree(files);
  return await runner.run(checkRequest(tree.folder, check, more), unaborted);
}

describe.each(modes)('a check, sandbox: %s', (sandbox) => {
  it('without a report passes and fails by its exit code', async () => {
    expect(await judge({}, checkPlan('true'), { sandbox })).toMatchObject({
      ...{ outcome: 'passed', exit: 0, assurance: 'exit', evidence: [], ran: true, cached: false },
    });
    const run = await judge({}, checkPlan('echo before; echo wrong >&2; exit 3'), { sandbox });
    expect(run.evidence[0]?.says).toBe(
      'ended with exit code 3\n\nstderr:\nwrong\n\nstdout:\nbefore',
    );
  });

  it('sees an environment without secrets, with what its plan names', async () => {
    const check = checkPlan('env >&2; exit 1', {
      sandbox: {
        network: false,
        read: [],
        env: ['SHOWN', 'NODE_OPTIONS', 'ANTHROPIC_API_KEY', 'ABSENT'],
      },
    });
    const run = await judge({}, check, { sandbox });
    const names = run.evidence[0]?.says.match(/^\w+(?==)/gm) ?? [];
    expect(names.sort().filter((name) => !['OLDPWD', 'PWD', 'SHLVL', '_'].includes(name))).toEqual([
      ...['ASHLAR_EFFECT', 'CI', 'FORCE_COLOR', 'HOME', 'LANG', 'LC_ALL', 'PATH', 'SHOWN'],
      ...['TEMP', 'TMP', 'TMPDIR', 'TZ'],
    ]);
    expect(run.evidence[0]?.says).toContain('SHOWN=seen');
  });

  it('is told of without the values that it was given, however it printed them', async () => {
    const check = (run: string, more: Partial<CheckPlan> = {}) =>
      checkPlan(run, { sandbox: { network: false, read: [], env: ['TOKEN', 'LEVEL'] }, ...more });
    const tap = `cat <<END
1..2
ok 1 - a
not ok 2 - b with $TOKEN
  ---
  error: no such $TOKEN
  ...
END
exit 1`;
    const ran = [
      await judge({}, check('echo "level=$LEVEL token=$TOKEN"; echo "$TOKEN" >&2; exit 3'), {
        sandbox,
      }),
      await judge({}, check('seq 90000 | awk -v t="$TOKEN" "{ print NR, t }"; exit 1'), {
        sandbox,
      }),
      await judge({}, check('echo "https://x/?q=$(echo "$TOKEN" | sed s:/:%2F:)"; exit 3'), {
        sandbox,
      }),
      await judge({}, check(tap, { report: 'tap' }), { sandbox }),
    ];
    const told = JSON.stringify(ran);
    expect(told).toContain('level=high token=•••');
    expect(told).not.toContain('nter/two');
    expect(told).not.toContain('hunter');
    expect(ran[3]?.listed.map(({ name }) => name)).toEqual(['1 a', '2 b with •••']);
    expect(ran[3]?.evidence[0]).toMatchObject({ test: '2 b with •••', says: 'error: no such •••' });
  });

  it('has a home and a temporary folder that it can write', async () => {
    const run = await judge({}, checkPlan('echo a > "$HOME/a" && echo b > "$TMPDIR/b"'), {
      sandbox,
    });
    expect(sayings(run)).toEqual([]);
  });

  it('is given what set-up has provided', async () => {
    await using modules = await makeTree({ 'dep/index.js': 'module.exports = 7;' });
    const provided = [{ source: modules.folder, path: 'node_modules' }];
    const command = `node -e "process.exit(require('dep'))"`;
    expect(await judge({}, checkPlan(command), { sandbox, provided })).toMatchObject({ exit: 7 });
  });

  it('reports its tests as TAP', async () => {
    const tap = { 'out.tap': '1..2\nok 1 - a\nnot ok 2 - b\n  ---\n  error: no\n  ...\n' };
    const check = checkPlan('cat out.tap; exit 1', { report: 'tap' });
    const expected = listed('', '1 a', '2 b');
    const run = await judge(tap, check, { sandbox, expected });
    expect(sayings(run)).toEqual(['test |  | 2 b | error: no']);
    expect(run).toMatchObject({ outcome: 'failed', passed: 1, failed: 1, assurance: 'report' });
  });

  it.each([
    ['in a folder of its own', 'reports/junit.xml', {}],
    ['in a folder with something else', 'reports/junit.xml', { 'reports/keep.txt': 'keep' }],
    ['at the root', 'junit.xml', {}],
    [
      'where an old one lies',
      'junit.xml',
      { 'junit.xml': '<testsuite><testcase name="old"/></testsuite>' },
    ],
  ])('reports its tests as a JUnit file %s', async (_, reportFile, files: Files) => {
    const xml = '<testsuite name="s"><testcase name="a" file="t.py"/></testsuite>';
    const run = `mkdir -p "$(dirname ${reportFile})" && cat > ${reportFile} <<< X || printf '%s' '${xml}' > ${reportFile}`;
    const check = checkPlan(run.replace(/cat.*\|\| /, ''), { report: 'junit', reportFile });
    const seen = await judge(files, check, { sandbox, expected: listed('t.py', 's > a') });
    expect(seen).toMatchObject({ outcome: 'passed', passed: 1 });
    expect(sayings(seen)).toEqual([expect.stringContaining('forgery is not excluded')]);
  });

  it('that writes no JUnit file does not pass, even where one was laid out', async () => {
    const files = { 'junit.xml': '<testsuite><testcase name="a"/></testsuite>' };
    const check = checkPlan('true', { report: 'junit', reportFile: 'junit.xml' });
    expect(await judge(files, check, { sandbox })).toMatchObject({ outcome: 'failed' });
  });
});

describe.runIf(modes.includes('require'))('in a sandbox a check', () => {
  const sandbox = 'require';
  it.each([
    ['reach the network', 'exec 3<>/dev/tcp/127.0.0.1/$PORT || test -e /sys/class/net/eth0'],
    ['see processes of ours', 'ls /proc | grep -c "^[0-9]" | (read n; [ $n -gt 20 ])'],
    ['write the tree', 'echo x > new || echo x >> file'],
    ['read what nobody gave it', 'cat /etc/shadow'],
  ])('cannot %s', async (_, attempt) => {
    const run = await judge({ file: '' }, checkPlan(attempt), { sandbox });
    expect(run.exit).not.toBe(0);
    expect(run.ran).toBe(true);
  });

  it('sees neither homes nor other work folders', async () => {
    await using other = await makeTree({ secret: 'x' });
    const check = checkPlan(`test -e ${other.folder} || test -e ~root/.profile || ls /home/*/*`);
    expect(await judge({}, check, { sandbox })).toMatchObject({ ran: true, outcome: 'failed' });
  });

  it('reads folders that its plan names', async () => {
    await using other = await makeTree({ data: 'given' });
    const check = checkPlan(`test "$(cat ${other.folder}/data)" = given`, {
      sandbox: { network: false, read: [other.folder], env: [] },
    });
    expect(await judge({}, check, { sandbox })).toMatchObject({ outcome: 'passed' });
  });

  it('leaves no process behind, wherever it hides', async () => {
    const run = await judge({}, checkPlan('cd / && env -i setsid sleep 60 >/dev/null 2>&1 &'), {
      sandbox,
    });
    expect(sayings(run)).toEqual(['limit |  |  | left a process behind, which was ended']);
  });
});

describe('a check', () => {
  it('that requires a sandbox is not run without one', async () => {
    await using tree = await makeTree({});
    const detect = async () => ({ kind: 'none', reason: 'gone', install: 'Install it.' }) as const;
    const bare = new RealCheckRunner({ detect });
    const run = await bare.run(
      checkRequest(tree.folder, checkPlan('true'), { sandbox: 'require' }),
      unaborted,
    );
    expect(run).toMatchObject({ outcome: 'failed', ran: false });
    expect(run.evidence[0]?.says).toContain('gone. Install it.');
    const prefer = checkRequest(tree.folder, checkPlan('true'), { sandbox: 'prefer' });
    expect(await bare.run(prefer, unaborted)).toMatchObject({
      outcome: 'passed',
      sandboxed: false,
    });
  });

  it('rejects with the reason when it is called off', async () => {
    await using tree = await makeTree({});
    const caller = new AbortController();
    const reason = new Error('replaced');
    const running = runner.run(checkRequest(tree.folder, checkPlan('sleep 60')), caller.signal);
    caller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  it('tells hostile output as plain text of bounded length', async () => {
    const check = checkPlan(
      `printf '\\033[31mred\\033]0;title\\007 \\000\\342\\200\\256 end'; head -c 9000000 /dev/zero | tr '\\0' y; exit 1`,
    );
    const { evidence } = await judge({}, check);
    expect(evidence.length).toBe(1);
    expect(evidence[0]?.says.length).toBeLessThanOrEqual(4000);
    expect(evidence[0]?.says).toContain('red  end');
    expect(evidence[0]?.says).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
  });

  it('tells at most twenty things', async () => {
    const tests = Array.from({ length: 50 }, (_, index) => `not ok ${index + 1} - t\n`).join('');
    const { evidence } = await judge(
      { tap: `1..50\n${tests}` },
      checkPlan('cat tap; exit 1', { report: 'tap' }),
    );
    expect(evidence.length).toBe(20);
    expect(evidence.at(-1)?.says).toBe('31 more of the like');
  });
});

describe('a report differs from the list where', () => {
  const tap = (text: string) => ({
    files: { tap: text },
    check: checkPlan('cat tap', { report: 'tap' as const }),
  });
  it.each([
    [
      'a test is missing',
      '1..1\nok 1 - a\n',
      "report |  | 2 b | did not run, though the contract's tests hold it",
    ],
    [
      'a test is new',
      '1..3\nok 1 - a\nok 2 - b\nok 3 - c\n',
      "report |  | 3 c | ran, though the contract's tests do not hold it",
    ],
    ['a test is skipped', '1..2\nok 1 - a\nok 2 - b # SKIP\n', 'report |  | 2 b | was skipped'],
    [
      'a test is to do',
      '1..2\nok 1 - a\nnot ok 2 - b # TODO\n',
      'report |  | 2 b | was marked as to do',
    ],
    [
      'there is none',
      'hello\n',
      'report |  |  | the report of its tests cannot be used: standard output holds no TAP',
    ],
  ])('%s', async (_, text, says) => {
    const { files, check } = tap(text);
    const run = await judge(files, check, { expected: listed('', '1 a', '2 b') });
    expect(sayings(run)).toEqual([says]);
    expect(run.outcome).toBe('failed');
  });

  it('its exit code does not fit', async () => {
    const check = checkPlan('cat tap; exit 1', { report: 'tap' });
    const run = await judge({ tap: '1..1\nok 1 - a\n' }, check);
    expect(sayings(run)).toEqual([
      'report |  |  | ended with exit code 1, which does not fit its report',
    ]);
  });
});

describe('a node check that a shell must read', () => {
  const files = {
    'tests/a.test.cjs': "require('node:test')('a', () => {});",
    'tests/b.test.cjs': "require('node:test')('b', () => { throw new Error('no'); });",
  };
  it('is told of test by test, without canaries', async () => {
    const check = checkPlan('node --test tests/a.test.cjs && cd tests && node --test b.test.cjs', {
      report: 'node',
    });
    const run = await judge(files, check, { testFiles: Object.keys(files) });
    expect(sayings(run)).toEqual(['test | tests/b.test.cjs | b | no']);
    expect(run).toMatchObject({ passed: 1, failed: 1, assurance: 'report' });
  });
});

describe('outside a sandbox a submission', () => {
  const files = (source: string): Files => ({
    'src/a.cjs': source,
    'tests/a.test.cjs': "require('../src/a.cjs'); require('node:test')('a', () => {});",
    'tests/data.txt': 'data',
  });
  const check = checkPlan('node --test tests', { report: 'node' });
  const testFiles = ['tests/a.test.cjs', 'tests/data.txt'];

  it('cannot change what decides about it, even if it puts it back', async () => {
    const source = `const fs = require('node:fs');
      const before = fs.readFileSync('tests/data.txt');
      fs.writeFileSync('tests/data.txt', 'other');
      fs.writeFileSync('tests/data.txt', before);`;
    const run = await judge(files(source), check, { testFiles });
    expect(sayings(run)).toEqual([
      "report | tests/data.txt |  | this file of the contract's tests was changed while it ran",
    ]);
  });

  it('that writes into the report makes it useless', async () => {
    const source = `const fs = require('node:fs'), path = require('node:path');
      const guard = process.execArgv[process.execArgv.indexOf('--require') + 1];
      const exchange = path.dirname(guard);
      for (const file of fs.readdirSync(exchange)) {
        if (file.startsWith('reporter')) throw new Error('the reporter can be read');
        if (file.startsWith('report')) fs.appendFileSync(path.join(exchange, file), '{"end":0}\\t00\\n');
      }`;
    const run = await judge(files(source), check, { testFiles });
    expect(sayings(run)).toEqual([
      expect.stringMatching(
        /^report \| {2}\| {2}\| the report of its tests cannot be used: line 1 /,
      ),
    ]);
  });

  it('that puts a folder in the place of the report does not pass', async () => {
    await using tree = await makeTree({});
    await mkdir(join(tree.folder, 'junit.xml'));
    await writeFile(join(tree.folder, 'junit.xml/x'), '');
    const junit = checkPlan('mkdir junit.xml', { report: 'junit', reportFile: 'junit.xml' });
    const run = await runner.run(checkRequest(tree.folder, junit), unaborted);
    expect(sayings(run)).toEqual([
      'report |  |  | the report of its tests cannot be used: it is no plain file',
    ]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EventOf, RunEvent } from '../../../src/core/events.ts';
import { missingOf } from '../../../src/core/projections/prerequisite-words.ts';
import { sendCommand } from '../../../src/engine/person.ts';
import { readRun } from '../../../src/engine/run-record.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import { verifyRun } from '../../../src/engine/verify-run.ts';
import { listRuns, runFolder } from '../../../src/engine/run-folder.ts';
import { childProgram } from '../../support/child-program.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  ofType,
  opened,
  prepare,
  resumeTiny,
  runTiny,
  sessionOptions,
  tinyFiles,
  tinyPlan,
  writeFiles,
  type Files,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

const shipped = tinyPlan({
  gates: '  ship: { kind: approval, requires: [gate:accept], approvers: person }\n',
});

async function workspaceWith(files: Files, plan?: string) {
  const folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(plan), ...goodScript(), ...files });
  commitAll(folder.path);
  return folder;
}

/** Resolves when an event of this type is durable. */
function upTo(type: RunEvent['type']) {
  let resolve = (_event: RunEvent): void => undefined;
  const promise = new Promise<RunEvent>((settle) => (resolve = settle));
  const observe = (events: readonly RunEvent[]): void => {
    const found = events.find((event) => event.type === type);
    if (found !== undefined) resolve(found);
  };
  return { observe, seen: promise };
}

test('an approval is bound to what the person saw, and left for the next driver', async () => {
  await using folder = await workspaceWith({}, shipped);
  const waiting = await runTiny(folder.path);
  const { run } = waiting.state;
  const [asked] = ofType(waiting, 'approval-requested');
  const approve = { type: 'approve', gate: 'ship', note: '' } as const;

  expect(
    await sendCommand(folder.path, run, { ...approve, submission: 'a'.repeat(64) }),
  ).toMatchObject({
    ok: false,
    code: 'other-subject',
  });
  const submission = asked?.submission ?? '';
  expect(await sendCommand(folder.path, run, { ...approve, submission })).toEqual({
    ok: true,
    how: 'left-for-resume',
  });
  const ran = await resumeTiny(folder.path);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  expect(ofType(ran, 'approval-given')).toMatchObject([{ submission }]);
});

test('a command from beside a live driver is carried out and answered', async () => {
  await using folder = await workspaceWith({}, shipped);
  const asking = upTo('approval-requested');
  const options = sessionOptions({ stayOpen: true, observe: asking.observe });
  await using session = opened(await startRun(await prepare(folder.path), options));
  const asked = (await asking.seen) as EventOf<'approval-requested'>;

  const reject = { type: 'reject', gate: 'ship', submission: null, note: 'not yet' } as const;
  expect(await sendCommand(folder.path, session.run, reject)).toEqual({ ok: true, how: 'done' });
  expect(await sendCommand(folder.path, session.run, { type: 'pause' })).toEqual({
    ok: true,
    how: 'done',
  });
  expect(await sendCommand(folder.path, session.run, { type: 'pause' })).toMatchObject({
    ok: false,
    code: 'already-paused',
  });
  expect(await sendCommand(folder.path, session.run, { type: 'resume' })).toEqual({
    ok: true,
    how: 'done',
  });
  const approve = {
    type: 'approve',
    gate: 'ship',
    submission: asked.submission,
    note: '',
  } as const;
  expect(await sendCommand(folder.path, session.run, approve)).toEqual({ ok: true, how: 'done' });
  expect((await session.finished).phase).toMatchObject({ outcome: 'complete' });
});

test('two drivers never drive one run', async () => {
  await using folder = await workspaceWith({}, shipped);
  const asking = upTo('approval-requested');
  const options = sessionOptions({ stayOpen: true, observe: asking.observe });
  await using session = opened(await startRun(await prepare(folder.path), options));
  await asking.seen;
  expect(await resumeRun(folder.path, session.run, sessionOptions())).toMatchObject({
    ok: false,
    code: 'held',
  });
});

test('a cancelled run ends in its postmortem, keeps its seals and is over for good', async () => {
  await using folder = await workspaceWith({}, shipped);
  const waiting = await runTiny(folder.path);
  const { run } = waiting.state;
  const cancel = { type: 'cancel', reason: 'enough' } as const;

  expect(await sendCommand(folder.path, run, cancel)).toEqual({ ok: true, how: 'done' });

  const read = await readRun(folder.path, run);
  expect(read.ok && read.record.state.phase).toMatchObject({ outcome: 'cancelled' });
  expect(read.ok && read.record.state.sealed).toBe(3);
  expect(readFileSync(join(runFolder(folder.path, run), 'postmortem.md'), 'utf8')).toContain(
    'cancelled',
  );
  expect(await sendCommand(folder.path, run, cancel)).toMatchObject({
    ok: false,
    code: 'run-over',
  });
  const reopen = { type: 'reopen', module: 'one', reason: 'x', contractPath: null } as const;
  expect(await sendCommand(folder.path, run, reopen)).toMatchObject({
    ok: false,
    code: 'run-over',
  });
});

test('cancelling ends what is at work', async () => {
  await using folder = await workspaceWith({
    'script/three/1/turn.yaml': 'behaviour: hang\nsummary: never\nseconds: 1\n',
  });
  const building = upTo('module-sealed');
  const options = sessionOptions({ speed: 1, stayOpen: true, observe: building.observe });
  await using session = opened(await startRun(await prepare(folder.path), options));
  await building.seen;
  expect(await session.ask({ type: 'cancel-run', by: 'test', reason: 'enough' })).toBeNull();
  expect((await session.finished).phase).toMatchObject({ outcome: 'cancelled' });
});

test.each([
  ['hangs', 'behaviour: hang\n', 'stalled'],
  ['crashes', 'behaviour: crash\n', 'failed'],
])(
  'an agent that %s is replaced at the same attempt, one epoch on',
  async (_, behaviour, outcome) => {
    await using folder = await workspaceWith(
      builds('three/1', { 'src/three/index.js': gives('three', '3') }, behaviour),
    );
    const ran = await runTiny(folder.path, { speed: 200 });
    expect(ofType(ran, 'generation-ended')).toMatchObject([
      { module: 'three', attempt: 1, epoch: 1, outcome },
    ]);
    expect(ofType(ran, 'module-sealed').find(({ module }) => module === 'three')).toMatchObject({
      attempt: 1,
      epoch: 2,
    });
  },
);

test('an agent that would overspend is stopped before the call, and the plan says what then', async () => {
  await using folder = await workspaceWith(
    builds('three/1', { 'src/three/index.js': gives('three', '3') }, 'behaviour: overspend\n'),
  );
  const ran = await runTiny(folder.path);
  expect(ofType(ran, 'budget-exhausted')).toMatchObject([{ module: 'three' }]);
  expect(ofType(ran, 'module-escalated')).toMatchObject([{ module: 'three', reason: 'exhausted' }]);
  expect(ran.state.needPerson).toBe(1);
});

test('missing prerequisites are all named, and all are checked again when the run is resumed', async () => {
  await using folder = await tempFolder();
  const server = readFileSync(await childProgram('mcp-server', folder.path), 'utf8');
  const variable = `TEST_KEY_${process.pid}`;
  const plan = tinyPlan().replace(
    'prerequisites: { node: node --version }',
    `prerequisites:
  node: node --version
  key: { env: ${variable}, pattern: 'sk-*', remedy: Ask Ada for a key. }
  shell: { program: sh }
  tool: { program: no-such-tool-${process.pid}, version: ">=2" }
  notes: { mcp: node tools/server.mjs, seconds: 30 }`,
  );
  await using place = await workspaceWith({ 'tools/server.mjs': server }, plan);
  const { path } = place;

  const waiting = await runTiny(path);
  expect(waiting.state.phase.at).toBe('lacking');
  expect(ofType(waiting, 'prerequisites-missing')).toMatchObject([{ names: ['key', 'tool'] }]);
  expect(ofType(waiting, 'generation-started')).toEqual([]);
  expect(missingOf(waiting.state)).toMatchObject([
    { name: 'key', says: `${variable} is not set.`, remedy: 'Ask Ada for a key.' },
    { name: 'tool', says: `no-such-tool-${process.pid} is not on the search path.` },
  ]);

  const search = process.env.PATH;
  const tool = join(folder.path, `no-such-tool-${process.pid}`);
  writeFileSync(tool, '#!/bin/sh\necho "tool 2.5"\n', { mode: 0o755 });
  try {
    process.env[variable] = 'sk-hunter2';
    process.env.PATH = `${folder.path}:${search ?? ''}`;
    await using session = opened(await resumeRun(path, null, sessionOptions()));
    expect(await session.ask({ type: 'resume-run', by: 'sam' })).toBeNull();
    expect((await session.finished).phase).toMatchObject({ outcome: 'complete' });
    expect(ofType(session, 'prerequisite-checked')).toHaveLength(10);
    expect(JSON.stringify(session.events)).not.toContain('hunter2');
  } finally {
    process.env.PATH = search;
    Reflect.deleteProperty(process.env, variable);
  }
});

test('a broken script is refused, and no run is left behind', async () => {
  await using folder = await workspaceWith({ 'script/one/1/turn.yaml': 'summary: [\n' });
  expect(await startRun(await prepare(folder.path), sessionOptions())).toMatchObject({
    ok: false,
    code: 'script-broken',
  });
  expect(await listRuns(folder.path)).toEqual([]);
});

test('what set-up provides is there for builders and checks', async () => {
  const plan = tinyPlan({
    extra:
      'environment: { setup: mkdir lib && echo "export const three = 3;" > lib/three.js, inputs: [package.json], provides: [lib] }\n',
  });
  await using folder = await workspaceWith(
    {
      ...builds('three/1', {
        'src/three/index.js': gives(
          'three',
          'value',
          "import { three as value } from '../../lib/three.js';\n",
        ),
      }),
      'package.json': `{ "type": "module", "private": true, "x": "${process.pid}" }\n`,
    },
    plan,
  );
  const ran = await runTiny(folder.path);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
});

test('verify names an edited journal, a cut one and a broken object', async () => {
  await using folder = await workspaceWith({});
  const ran = await runTiny(folder.path);
  const journal = join(runFolder(folder.path, ran.state.run), 'journal.jsonl');
  const whole = readFileSync(journal, 'utf8');

  writeFileSync(journal, whole.replace('"attempt":1', '"attempt":7'));
  expect(await verifyRun(folder.path, null)).toMatchObject({
    ok: true,
    problems: [expect.stringMatching(/^journal, line \d+/)],
  });
  const lines = whole.split('\n');
  writeFileSync(
    journal,
    `${lines.slice(0, 1 + lines.findIndex((line) => line.includes('"end":true'))).join('\n')}\n`,
  );
  const cut = await verifyRun(folder.path, null);
  expect(cut).toMatchObject({ ok: true });
  expect(cut.ok && cut.problems.length).toBeGreaterThan(0);
  writeFileSync(journal, whole);
  expect(await verifyRun(folder.path, null)).toMatchObject({ ok: true, problems: [] });
});

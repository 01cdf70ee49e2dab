import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { accountOf } from '../../../src/core/projections/account.ts';
import { postmortem } from '../../../src/core/projections/postmortem.ts';
import { runFolder } from '../../../src/engine/run-folder.ts';
import {
  listTranscripts,
  readTranscript,
} from '../../../src/engine/transcripts/read-transcripts.ts';
import { realEngine } from '../../../src/cli/engine.ts';
import { invoke } from '../../cli/invoke.ts';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  ofType,
  runTiny,
  tinyFiles,
  writeFiles,
  type Files,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from './rig.ts';

/** What the command line prints of a workspace. */
async function printed(workspace: string, ...words: readonly string[]) {
  const { code, terminal } = invoke(['--cwd', workspace, ...words], { engine: realEngine });
  return { code: await code, out: terminal.stdout, err: terminal.stderr };
}

/** Every file of a folder that is no git object, as text. */
function textsBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('store.git/objects'))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

/** A builder that talks a lot: its transcript grows with it. */
const talks = (words: number, secret = ''): Files =>
  builds(
    'three/1',
    { 'src/three/index.js': gives('three', '3') },
    `progress: [${Array.from(
      { length: words },
      (_, at) => `{ at: ${(at / words).toFixed(4)}, say: "step ${at} ${secret} of many words" }`,
    ).join(', ')}]\n`,
  );

test('what agents say is kept for people to read, and the run reads none of it', async () => {
  const bytes: number[] = [];
  const lengths: number[] = [];
  for (const words of [1, 60]) {
    await using folder = await workspaceFolder();
    writeFiles(folder.path, { ...tinyFiles(), ...goodScript(), ...talks(words) });
    commitAll(folder.path);
    const ran = await runTiny(folder.path);
    const own = runFolder(folder.path, ran.state.run);
    const rows = await listTranscripts(own, 'three', null);
    expect(rows).toMatchObject([{ kind: 'module', role: 'generator', attempt: 1, agent: 1 }]);
    const text = (await readTranscript(own, rows[0]!.file)) ?? '';
    expect(text).toContain('# three: generator, 1');
    expect(text).toContain(`step ${words - 1}`);
    expect(text).toContain('uses lay-files');
    lengths.push(text.length);
    const { account } = accountOf(ran.events)!;
    expect(account.orchestratorInput.most).toBeGreaterThan(0);
    expect(account.orchestratorInput.most).toBeLessThanOrEqual(4_096);
    bytes.push(account.orchestratorInput.most);

    const shown = await printed(folder.path, 'transcript', ran.state.run, 'three');
    expect(shown).toMatchObject({ code: 0, out: text });
    const listed = await printed(folder.path, 'transcript', ran.state.run, 'three', '--list');
    expect(listed.out).toContain('generator, 1');
    const unknown = await printed(folder.path, 'transcript', ran.state.run, 'nope');
    expect(unknown.err).toMatch(/has no nope; it has .*three/);
    const none = await printed(folder.path, 'transcript', ran.state.run, 'three', '--attempt', '7');
    expect(none).toMatchObject({ code: 1, out: '' });
  }
  expect(lengths[1]).toBeGreaterThan(lengths[0]! + 2_000);
  expect(bytes[1]).toBe(bytes[0]);
});

test('of the example no module gives the run more than four kilobytes to read', async () => {
  await using folder = await workspaceFolder();
  cpSync('examples/tiny-lang', folder.path, { recursive: true });
  commitAll(folder.path);
  const ran = await printed(folder.path, 'run', 'tiny-lang.plan.yaml', '--speed', '400', '--yes');
  expect(ran.code).toBe(0);
  const { out } = await printed(folder.path, 'status', '--json');
  const { orchestratorInput, usage } = JSON.parse(out) as Record<
    'orchestratorInput' | 'usage',
    { readonly most: number; readonly by: readonly unknown[] }
  >;
  expect(orchestratorInput.by.length).toBeGreaterThan(8);
  expect(orchestratorInput.most).toBeGreaterThan(0);
  expect(orchestratorInput.most).toBeLessThanOrEqual(4_096);
  expect(usage.by.length).toBeGreaterThanOrEqual(8);
});

test('a key that is planted in the environment and in what agents say is written nowhere', async () => {
  const planted = 'planted-value-4711-abcdef';
  const shaped = `sk-ant-api03-${'Ab3'.repeat(20)}`;
  vi.stubEnv('SOME_API_KEY', planted);
  await using folder = await workspaceFolder();
  const said = (text: string): Files => {
    const base = builds('one/1', { 'src/one/index.js': gives('one', '5') });
    const path = 'script/one/1/turn.yaml';
    return { ...base, [path]: (base[path] ?? '').replace('Done as the contract says.', text) };
  };
  writeFiles(folder.path, {
    ...tinyFiles(),
    ...goodScript(),
    ...said(`I used ${planted} and ${shaped}.`),
    ...talks(3, `${planted} ${shaped}`),
    'script/two/review-1/turn.yaml': `summary: found ${planted}\nverdict: PASS\nevidence: [{ says: "${shaped}" }]\n`,
  });
  commitAll(folder.path);
  const ran = await runTiny(folder.path);
  expect(ran.state.phase).toMatchObject({ outcome: 'complete' });
  const { run } = ran.state;
  const outputs = await Promise.all(
    [
      ['status', run],
      ['status', run, '--json'],
      ['report', run],
      ['report', run, '--json'],
      ['transcript', run, 'one'],
      ['transcript', run, 'three'],
      ['transcript', run, 'two', '--attempt', '1'],
    ].map((words) => printed(folder.path, ...words)),
  );
  vi.unstubAllEnvs();
  const written = [
    textsBelow(join(folder.path, '.ce-workspace')),
    JSON.stringify(ran.events),
    postmortem(ran.state, ran.events),
    ...outputs.map(({ out, err }) => `${out}${err}`),
  ];
  for (const text of written) {
    expect(text).not.toContain(planted);
    expect(text).not.toContain(shaped);
  }
  // What was said around it is still there.
  const [handedIn] = ofType(ran, 'submission-received').filter(({ module }) => module === 'one');
  expect(handedIn?.summary).toBe('I used ••• and •••.');
  expect(written[0]).toContain('step 2 ••• ••• of many words');
});

test('what each agent used is told by module, role and model, live and in the report', async () => {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript() });
  commitAll(folder.path);
  const ran = await runTiny(folder.path);
  const { usage } = accountOf(ran.events)!.account;
  expect(usage.byModel).toEqual([
    expect.objectContaining({
      provider: 'scripted',
      model: 'script',
      calls: 3,
      input: 300,
      output: 30,
    }),
  ]);
  expect(usage.byRole).toMatchObject([{ role: 'generator', calls: 3 }]);
  expect(usage.by.map((each) => each.for)).toEqual(['module:one', 'module:two', 'module:three']);
  // The breakdown and the budget's own measure tell the same sum.
  expect(usage.total.input + usage.total.output).toBe(ran.state.spent.tokens);
  expect(usage.total.microUsd).toBe(ran.state.spent.microUsd);
  const status = await printed(folder.path, 'status', ran.state.run);
  expect(status.out).toContain('models: 3 calls: 300 tokens in, 30 out; $0.03');
});

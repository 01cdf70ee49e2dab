import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ModelOptions } from '../../../src/engine/agents/model-service.ts';
import { checkPlan } from '../../../src/engine/check-plan.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  ofType,
  runTiny,
  tinyFiles,
  writeFiles,
} from '../../support/tiny-workspace.ts';

const [first, later] = ['planted-of-yesterday-0123', 'planted-of-today-4567'];

/** What lies in the engine's own folder and is no git object. */
const kept = (workspace: string): readonly (readonly [string, string])[] =>
  readdirSync(join(workspace, '.ce-workspace'), { recursive: true, encoding: 'utf8' })
    .filter((name) => !/store\.git.objects/.test(name))
    .map((name) => join(workspace, '.ce-workspace', name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, 'utf8')]);

const holding = (workspace: string, key: string): readonly string[] =>
  kept(workspace)
    .filter(([, text]) => text.includes(key))
    .map(([path]) => path);

test('a key that a person gives while a run goes on stands in nothing that is kept of it, nor the one before', async () => {
  await using place = await tempFolder();
  const wrong = `export const three = () => {\n  throw new Error('called with ${later}');\n};\n`;
  writeFiles(place.path, {
    ...tinyFiles(),
    ...goodScript(),
    ...builds(
      'three/1',
      { 'src/three/index.js': wrong },
      `progress: [{ at: 0.5, say: "With ${first} and ${later}." }]\n`,
    ),
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
  });
  commitAll(place.path);
  const service = { apiKey: first as string | null, baseURL: null, keyHint: '' };
  const models: ModelOptions = { choice: {}, service };
  const ran = await runTiny(place.path, {
    models,
    observe: (events) => {
      if (events.some(({ type }) => type === 'generation-started')) service.apiKey = later;
    },
  });
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  const [verdict] = ofType(ran, 'verdict-given').filter(({ gate }) => gate === 'module:three');
  expect(JSON.stringify(verdict)).toContain('called with •••');
  expect(holding(place.path, later)).toEqual([]);
  expect(holding(place.path, first)).toEqual([]);
});

test('what the checks of a plan say on its stubs is kept without the key', async () => {
  await using place = await tempFolder();
  const files = tinyFiles();
  const said = (files['tests/three/three.test.js'] ?? '').replace(
    'assert.equal(three(), 3)',
    `assert.equal(three(), 3, 'asked with ${first}')`,
  );
  writeFiles(place.path, { ...files, 'tests/three/three.test.js': said });
  commitAll(place.path);
  const checked = await checkPlan({
    workspace: place.path,
    planFile: 'tiny.plan.yaml',
    base: 'work-tree',
    sandbox: 'prefer',
    service: { apiKey: first, baseURL: null, keyHint: '' },
    onProgress: () => undefined,
  });
  expect(checked).toMatchObject({ ok: true, prepared: { planFile: 'tiny.plan.yaml' } });
  expect(kept(place.path).some(([, text]) => text.includes('asked with •••'))).toBe(true);
  expect(holding(place.path, first)).toEqual([]);
});

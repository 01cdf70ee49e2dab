import { expect, test } from 'vitest';
import { fold } from '../../../src/core/evolve.ts';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { postmortem } from '../../../src/core/projections/postmortem.ts';
import { splitScript } from '../../support/split-script.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, runTiny, writeFiles, type Files } from '../../support/tiny-workspace.ts';
import { openPlace } from './rig.ts';

const modules = { gamma: '    onExhausted: [split, escalate]\n' };

test('a module that uses its budget up is split, its parts are sealed, and the run is delivered', async () => {
  await using place = await openPlace();
  writeQuick(place.workspace, splitScript(), { modules });
  const ran = await runTiny(place.workspace, { speed: 1000 });

  expect(ofType(ran, 'module-split')).toMatchObject([
    { module: 'gamma', into: ['gamma-number', 'gamma-why'] },
  ]);
  expect([...ran.state.modules].map(({ id, life }) => `${id} ${life.at}`)).toEqual([
    'alpha sealed',
    'beta sealed',
    'gamma-number sealed',
    'gamma-why sealed',
  ]);
  // Its parts together keep the tests that a person set for it.
  expect(ofType(ran, 'tier-integrated').map(({ tier }) => tier)).toEqual([
    'gamma-whole',
    'numbers',
  ]);
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
  // What the module left of a part's files is what its builder began with.
  const [number] = ofType(ran, 'module-split')[0]?.contracts ?? [];
  expect(number?.seed).not.toBeNull();

  expect(fold(null, ran.events)).toEqual(ran.state);
  expect(chronicle(ran.events)?.timeline.lanes.length).toBe(ran.state.graph.streamBase);
  expect(postmortem(ran.state, ran.events)).toContain('gamma-why');
});

test('parts that keep their own contracts and not that of the module are not delivered', async () => {
  await using place = await openPlace();
  const script = splitScript();
  const four = 'test "$(cat src/gamma/number)" -ge 3\n';
  writeQuick(
    place.workspace,
    {
      ...script,
      'gamma/split-1/files/tests/gamma-number/test.sh': four,
      'gamma-number/1/files/src/gamma/number': '4\n',
    },
    { modules },
  );
  const ran = await runTiny(place.workspace, { speed: 1000 });
  expect(ofType(ran, 'integration-failed')).toMatchObject([
    { gate: 'tier:gamma-whole', check: 'unit', between: ['gamma-number', 'gamma-why'] },
  ]);
  expect(ofType(ran, 'delivered')).toEqual([]);
  expect(ran.state.needPerson).toBe(1);
});

test('a split that does not hold is asked for once more, and then a person is', async () => {
  await using place = await openPlace();
  const script = splitScript();
  const turn = script['gamma/split-1/turn.yaml'] ?? '';
  const bad = turn.replace('src/gamma/why/**', 'src/alpha/why/**');
  writeQuick(place.workspace, { ...script, 'gamma/split-1/turn.yaml': bad }, { modules });
  const ran = await runTiny(place.workspace, { speed: 1000 });

  expect(ofType(ran, 'amendment-failed')).toMatchObject([
    { module: 'gamma', code: 'invalid-split', retryable: true },
    { module: 'gamma' },
  ]);
  expect(ofType(ran, 'module-escalated')).toMatchObject([{ module: 'gamma', reason: 'exhausted' }]);
});

/** A test that is reported by name: the file holds just this. */
const nodeTest = (
  name: string,
  file: string,
  held: string,
): string => `const test = require('node:test');
const { strictEqual } = require('node:assert');
const { existsSync, readFileSync } = require('node:fs');
test('${name}', () => {
  strictEqual(existsSync('${file}') && readFileSync('${file}', 'utf8').trim(), '${held}');
});
`;

const listedContract = (part: string, file: string, held: string): Files => ({
  [`gamma/split-1/files/contracts/${part}.md`]: `# ${part}\n\nThis part of gamma holds what its test asks for, no more.\n`,
  [`gamma/split-1/files/tests/${part}/${part}.test.js`]: nodeTest(part, file, held),
  [`gamma/split-1/files/stubs/${part}/${file}`]: '0\n',
});

test('the kept tests of a split module are held against their own list alone', async () => {
  await using place = await openPlace();
  const part = (name: string, more: string): string => `  ${name}:
    purpose: Hold a part of what gamma stands for.
    checks: [{ name: unit, run: node --test tests/${name}/${name}.test.js, report: node }]
${more}`;
  const script = {
    ...quickScript(),
    ...holds('gamma', 1, '4'),
    'gamma/split-1/turn.yaml': `summary: The number and its reason are two things.
parts:
${part('gamma-number', '    owns: [src/gamma/number]\n')}${part('gamma-why', '    owns: [src/gamma/why]\n    needs: [gamma-number]\n')}`,
    ...listedContract('gamma-number', 'src/gamma/number', '3'),
    ...listedContract('gamma-why', 'src/gamma/why', 'because'),
    'gamma-number/1/turn.yaml': 'summary: It is three.\n',
    'gamma-number/1/files/src/gamma/number': '3\n',
    'gamma-why/1/turn.yaml': 'summary: It is said.\n',
    'gamma-why/1/files/src/gamma/why': 'because\n',
  };
  const checks = { gamma: `    checks: { unit: { run: node --test, report: node } }\n` };
  writeQuick(place.workspace, script, { modules, checks });
  writeFiles(place.workspace, {
    'tests/gamma/gamma.test.js': nodeTest('gamma', 'src/gamma/number', '3'),
  });
  const ran = await runTiny(place.workspace, { speed: 1000 });
  const kept = ofType(ran, 'check-finished').filter(({ gate }) => gate === 'tier:gamma-whole');
  expect(kept.map(({ result }) => result.outcome)).toEqual(['passed']);
  expect(ran.state.phase).toMatchObject({ at: 'finished', outcome: 'complete' });
});

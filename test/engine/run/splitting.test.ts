import { expect, test, vi } from 'vitest';
import { fold } from '../../../src/core/evolve.ts';
import { chronicle } from '../../../src/core/projections/chronicle.ts';
import { postmortem } from '../../../src/core/projections/postmortem.ts';
import { holds, quickScript, writeQuick } from '../../support/tiny-plan.ts';
import { ofType, runTiny, type Files } from '../../support/tiny-workspace.ts';
import { openPlace } from './rig.ts';

vi.setConfig({ testTimeout: 60_000 });

const modules = { gamma: '    onExhausted: [split, escalate]\n' };

const contract = (part: string, test: string, stub: Files): Files =>
  Object.fromEntries(
    Object.entries({
      [`contracts/${part}.md`]: `# ${part}\n\nThis part of gamma holds what its test asks for, no more.\n`,
      [`tests/${part}/test.sh`]: test,
      ...Object.fromEntries(
        Object.entries(stub).map(([path, text]) => [`stubs/${part}/${path}`, text]),
      ),
    }).map(([path, text]) => [`gamma/split-1/files/${path}`, text]),
  );

/** `gamma` never gets it right, and is cut into its number and the reason for it. */
const splitScript = (): Files => ({
  ...quickScript(),
  ...holds('gamma', 1, '4'),
  'gamma/split-1/turn.yaml': `summary: The number and its reason are two things.
parts:
  gamma-number:
    purpose: Hold the number.
    owns: [src/gamma/number]
    checks: [{ name: unit, run: sh tests/gamma-number/test.sh }]
  gamma-why:
    purpose: Say why.
    owns: [src/gamma/why/**]
    needs: [gamma-number]
    checks: [{ name: unit, run: sh tests/gamma-why/test.sh }]
`,
  ...contract('gamma-number', 'test "$(cat src/gamma/number)" -eq 3\n', {
    'src/gamma/number': '0\n',
  }),
  ...contract('gamma-why', 'test -s src/gamma/why/reason\n', { 'src/gamma/why/reason': '' }),
  'gamma-number/1/turn.yaml': 'summary: It is three.\n',
  'gamma-number/1/files/src/gamma/number': '3\n',
  'gamma-why/1/turn.yaml': 'summary: It is said.\n',
  'gamma-why/1/files/src/gamma/why/reason': 'it is two and one\n',
});

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

import { expect, test } from 'vitest';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  ofType,
  oddContract,
  runTiny,
  tinyFiles,
  tinyPlan,
  writeFiles,
  type Files,
  type Ran,
} from '../../support/tiny-workspace.ts';
import { live, workspaceFolder } from './rig.ts';

async function run(files: Files): Promise<Ran> {
  await using folder = await workspaceFolder();
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript(), ...files });
  commitAll(folder.path);
  return await runTiny(folder.path, { speed: 1000 });
}

const resolutions = (ran: Ran) =>
  ofType(ran, 'conflict-resolved').map(({ rule, decided }) => `${rule}: ${decided}`);
const complete = { phase: { at: 'finished', outcome: 'complete' } };

const disputes = (turn: string, summary: string): Files => ({
  [`script/${turn}/turn.yaml`]: `summary: ${summary}\nseconds: 1\nbehaviour: dispute\n`,
});
const review = (turn: string, verdict: string, more = ''): Files => ({
  [`script/${turn}/turn.yaml`]: `verdict: ${verdict}\nsummary: ${verdict}.\nseconds: 1\n${more}`,
});
const arbiter = (decision: string): Files => ({
  'script/arbiter/1/turn.yaml': `decision: ${decision}\nreason: As the contract has it.\nseconds: 1\n`,
});
const three = (value: string): Files => ({ 'src/three/index.js': gives('three', value) });

test('files in the path of another are left to their owner, and the submitter revises', async () => {
  const ran = await run({
    ...builds('three/1', { ...three('3'), 'src/one/extra.js': 'export {};\n' }),
    ...builds('three/2', three('3')),
  });
  expect(ran.state).toMatchObject(complete);
  expect(ofType(ran, 'conflict-detected')).toMatchObject([
    { kind: 'two-owners', parties: ['module:three', 'module:one'] },
  ]);
  expect(resolutions(ran)).toEqual(['ownership: owner-keeps']);
});

test('a disputed check is run again on that very submission, and stands where it fails again', async () => {
  const ran = await run({
    ...builds('three/1', three('4')),
    ...disputes('three/2', 'Three is four.'),
    ...builds('three/3', three('3')),
  });
  expect(ran.state).toMatchObject(complete);
  expect(resolutions(ran)).toEqual(['evidence: uphold']);
  const unit = ofType(ran, 'check-finished').filter(({ gate }) => gate === 'module:three');
  expect(unit.map(({ result }) => [result.outcome, result.cached])).toEqual([
    ['failed', false],
    ['failed', false],
    ['passed', false],
  ]);
  const judged = ofType(ran, 'evaluation-started').filter(({ module }) => module === 'three');
  expect(judged.map(({ attempt }) => attempt)).toEqual([1, 1, 3]);
});

test('a second dispute goes to an arbiter, and may end in an amended contract', async () => {
  const odd = Object.entries(oddContract());
  const ran = await run({
    ...builds('one/1', { 'src/one/index.js': gives('one', '-1') }),
    ...disputes('one/2', 'It need not be positive.'),
    ...disputes('one/3', 'It need not be positive at all.'),
    ...builds('one/4', { 'src/one/index.js': gives('one', '5') }),
    ...arbiter('amend'),
    ...Object.fromEntries(odd.map(([path, text]) => [`script/one/contract-2/files/${path}`, text])),
    'script/one/contract-2/turn.yaml': 'summary: It is odd.\nreason: Odd is enough.\nseconds: 1\n',
  });
  expect(ran.state).toMatchObject(complete);
  expect(resolutions(ran)).toEqual(['evidence: uphold', 'arbiter: amend']);
  expect(ofType(ran, 'contract-amended')).toMatchObject([
    { module: 'one', version: 2, source: 'dispute' },
  ]);
  const sealed = ofType(ran, 'module-sealed').find(({ module }) => module === 'one');
  expect(sealed).toMatchObject({ version: 2, attempt: 4 });
});

const twoReviewers = tinyFiles(
  tinyPlan().replace('    purpose: Give the number that three', '    reviewers: 2\n$&'),
);

test('reviewers who disagree wait for an arbiter, and the milder may hold', async () => {
  const ran = await run({
    ...twoReviewers,
    ...review('three/review-1', 'PASS'),
    ...review('three/review-1-b', 'NEEDS_REVISION', 'evidence: [{ says: no comment }]\n'),
    ...arbiter('overturn'),
  });
  expect(ran.state).toMatchObject(complete);
  expect(ofType(ran, 'conflict-detected')).toMatchObject([{ kind: 'reviewers-disagree' }]);
  expect(resolutions(ran)).toEqual(['arbiter: overturn']);
  const sealed = ofType(ran, 'module-sealed').find(({ module }) => module === 'three');
  expect(sealed).toMatchObject({ attempt: 1 });
});

test('tests that a reviewer doubts and an arbiter upholds do not hold the submission back', async () => {
  const ran = await run({
    ...review('three/review-1', 'PASS', 'testsWrong: { reason: three is no number }\n'),
    ...arbiter('uphold'),
  });
  expect(ran.state).toMatchObject(complete);
  expect(ofType(ran, 'conflict-detected')).toMatchObject([{ kind: 'tests-disputed' }]);
});

test('where there is no arbiter, a person decides', async () => {
  await using folder = await workspaceFolder();
  const files = { ...review('three/review-1', 'NEEDS_REVISION'), ...disputes('three/2', 'No.') };
  writeFiles(folder.path, { ...tinyFiles(), ...goodScript(), ...files });
  commitAll(folder.path);
  await using ran = await live(folder.path);
  await ran.saw('module-escalated', ({ reason }) => reason === 'disputed');
  const { conflict } = await ran.saw('dispute-opened');
  const decide = { type: 'resolve', conflict, reason: 'It is fine.' } as const;
  expect(await ran.send({ ...decide, decision: 'maybe' })).toMatchObject({ code: 'bad-decision' });
  expect(await ran.send({ ...decide, decision: 'overturn' })).toMatchObject({ ok: true });
  expect(await ran.finished).toMatchObject(complete);
});

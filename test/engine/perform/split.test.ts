import { describe, expect, it } from 'vitest';
import { moduleId, type TreeId } from '../../../src/core/ids.ts';
import { moduleNode } from '../../../src/core/lookup.ts';
import type { SplitPart } from '../../../src/core/plan/split-plan.ts';
import { zeroAmount } from '../../../src/core/budget.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { HandoffNews } from '../../../src/engine/perform/handoff-news.ts';
import { split } from '../../../src/engine/perform/split.ts';
import { PauseSwitch, type World } from '../../../src/engine/perform/world.ts';
import { boundOutcome } from '../../../src/engine/agents/bound-outcome.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { WorkFolders } from '../../../src/engine/store/work-folder.ts';
import { HeldAgents } from '../../support/held-agent.ts';
import { given } from '../../support/scenario.ts';
import { effectOf, judged, submits } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { git, writeFiles, type Files } from '../../support/tiny-workspace.ts';

const sketched = plan({
  modules: { core: {}, engine: { budget: { attempts: 1 }, onExhausted: ['split', 'escalate'] } },
});
/** As a plan file would place them. */
const placed = {
  ...sketched,
  modules: sketched.modules.map((module) => ({
    ...module,
    contract: {
      author: 'plan' as const,
      file: `contracts/${module.id}.md`,
      tests: module.id === 'core' ? ['tests/core/**', 'tests/wheel/**'] : ['tests/engine/**'],
      stub: [`stubs/${module.id}/**`],
    },
  })),
};

/** What a split of `engine` into these parts is recorded as; no agent's file lies outside of `files`. */
async function splitInto(parts: readonly Partial<SplitPart>[], files: Files = {}) {
  await using place = await tempFolder();
  await using store = await Store.open(place.path);
  const folders = await WorkFolders.open(store, `${place.path}/work`);
  const text = (path: string, words: string) =>
    store.putBlob(Buffer.from(words)).then((oid) => ({ path, mode: '100644', oid }) as const);
  const base = await store.putTree([
    await text('README.md', 'numbers\n'),
    await text('tests/wheel/wheel.test.js', 'of core\n'),
  ]);
  const contract: TreeId = await store.putTree([await text('contract/contracts/engine.md', 'x\n')]);
  const run = given(placed, submits('engine'), judged('engine', { unit: 'failed' }));
  const { state } = run;
  const modules = [...state.modules].map((module) => ({
    ...module,
    seed: null,
    contract: { ...module.contract, tree: contract },
  }));
  let settled = state.modules;
  modules.forEach((module, node) => (settled = settled.set(node, module)));
  const agents = new HeldAgents();
  const world: World = {
    run: state.run,
    ...{ runFolder: `${place.path}/run`, store, folders, sandbox: 'off' },
    runner: { run: () => Promise.reject(new Error('nothing is checked here')) },
    environment: { digest: null, provided: [] },
    providers: { of: () => agents, switch: () => Promise.resolve(null) },
    secrets: (text) => text,
    clock: systemClock(1),
    events: () => [],
    ...{ minutes: () => 60, pauses: new PauseSwitch(), handoffs: new HandoffNews() },
  };
  const effect = effectOf(state, 'split', 'engine');
  if (effect.type !== 'split') throw new Error('no split');
  const signal = new AbortController().signal;
  const now = { ...state, base: { ...state.base, tree: base }, modules: settled };
  expect(now.modules.get(moduleNode(now, moduleId('engine'))).contract.tree).toBe(contract);
  const recorded = split(world, effect, now, { report: () => undefined, signal });
  const call = await agents.call(0);
  if (!('folder' in call.task)) throw new Error('no folder');
  writeFiles(call.task.folder, files);
  const cut = {
    kind: 'cut',
    summary: 'two things',
    parts: parts.map((part) => ({ ...whole, ...part })),
    spent: zeroAmount,
  } as const;
  call.answer(boundOutcome(cut));
  const result = await recorded;
  const refs = git(place.path, '--git-dir', store.gitDir, 'for-each-ref');
  return { result, kept: refs.split('\n').filter((line) => line.includes('/contracts/')) };
}

const whole: SplitPart = {
  id: 'a',
  purpose: 'a part',
  owns: ['src/engine/a/**'],
  needs: [],
  checks: [],
  estimate: { minutes: 1, review: 1 },
};

const named = (...ids: readonly string[]) =>
  ids.map((id, at) => ({ id, owns: [`src/engine/${at}/**`] }));

const written = (...ids: readonly string[]): Files =>
  Object.fromEntries(
    ids.flatMap((id) => [
      [`contracts/${id}.md`, `# ${id}\n\nThis part of the engine does what its test asks for.\n`],
      [`tests/${id}/test.sh`, 'true\n'],
      [`stubs/${id}/src/engine/${id}/x`, '0\n'],
    ]),
  );

describe('the parts that a planner names', () => {
  it('are kept with a contract each where the names are fit', async () => {
    const { result, kept } = await splitInto(named('left', 'right'), written('left', 'right'));
    expect(result).toMatchObject({
      type: 'record-split',
      parts: [{ id: 'left' }, { id: 'right' }],
    });
    expect(kept).toHaveLength(2);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['that lead out of the folder', ['../out', 'b'], /"\.\.\/out" is not the name of a module/],
    ['with a slash', ['a/b', 'b'], /not the name/],
    ['like an option', ['-x', 'b'], /not the name/],
    ['in capitals', ['Left', 'b'], /not the name/],
    ['that are empty', ['', 'b'], /not the name/],
    ['with what a terminal would obey', ['\u001b[31mred\u0007/', 'b'], /"red\/" is not the name/],
    ['of a device', ['con', 'b'], /not the name/],
    ['of a prototype', ['__proto__', 'constructor.x'], /not the name/],
    ['that are too long', ['x'.repeat(41), 'b'], /not the name/],
    ['that are far too long', ['y'.repeat(1_000_000), 'b'], /not the name/],
    ['of another module', ['core', 'b'], /a module core already/],
    ['of another role', ['scout', 'b'], /scout is a name of ours/],
    ['of the module itself', ['engine', 'b'], /a module engine already/],
    ['twice', ['b', 'b'], /a module b already/],
    ['of one part', ['b'], /at least two/],
    ['of too many', 'a b c d e f g h i'.split(' '), /at most 8/],
    ['of far too many', Array.from({ length: 5_000 }, (_, at) => `p${at}`), /at most 8/],
    ['whose tests lie where another module’s do', ['wheel', 'b'], /tests\/wheel\/wheel.test.js/],
  ])('are refused: names %s', async (_, ids, message) => {
    const { result, kept } = await splitInto(named(...ids), written('b', 'wheel'));
    if (result.type !== 'record-amendment-failure') throw new Error(`it is a ${result.type}`);
    expect(result).toMatchObject({ code: 'invalid-split', retryable: true });
    expect(result.message).toMatch(message);
    expect(result.message.length).toBeLessThan(300);
    expect(result.message).not.toMatch(/\p{Cc}/u);
    expect(result.evidence?.map(({ says }) => says)).toEqual([result.message]);
    expect(kept).toEqual([]);
  });
});

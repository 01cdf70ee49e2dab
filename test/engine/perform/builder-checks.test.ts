import { expect, it } from 'vitest';
import { moduleId, type TreeId } from '../../../src/core/ids.ts';
import { moduleNode } from '../../../src/core/lookup.ts';
import type { RunState } from '../../../src/core/state.ts';
import type { CheckRequest, CheckRun } from '../../../src/engine/gates/check-request.ts';
import { BuilderChecks } from '../../../src/engine/perform/builder-checks.ts';
import { HandoffNews } from '../../../src/engine/perform/handoff-news.ts';
import type { World } from '../../../src/engine/perform/world.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { WorkFolders } from '../../../src/engine/store/work-folder.ts';
import { given } from '../../support/scenario.ts';
import { effectOf, judged, splits, submits } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';
import { run, scratch } from '../store/scratch.ts';

const three = plan({
  modules: {
    engine: { budget: { attempts: 1 }, onExhausted: ['split'] },
    shell: {},
    tools: {},
  },
});

const testOf = (module: string): string => `tests/${module}/${module}.test.js`;

const listed = (module: string) => ({ check: 'unit', file: testOf(module), name: module });

/** The same state with contracts that lie in a store, each with a test file and a list of one test. */
async function stored(store: Store, state: RunState): Promise<RunState> {
  let { modules } = state;
  for (const module of state.modules) {
    const oid = await store.putBlob(Buffer.from('true\n'));
    const tree = await store.putTree([{ path: `tests/${testOf(module.id)}`, mode: '100644', oid }]);
    const { digest: listing } = await store.putJson(run, [listed(module.id)]);
    const contract = { ...module.contract, tree, listing };
    modules = modules.set(moduleNode(state, module.id), { ...module, contract });
  }
  return { ...state, modules, base: { ...state.base, tree: await store.putTree([]) } };
}

// The new number of the one was that of another before, that of the other is beyond the end.
it.each(['shell', 'tools'])(
  'runs the checks of %s on its own contract while another module is split',
  async (id) => {
    using dir = scratch();
    dir.write({ 'w/README.md': 'numbers\n' });
    await using store = await Store.open(dir.at('w'));
    const folders = await WorkFolders.open(store, dir.at('cache'));
    const begun = given(three, submits('engine'), judged('engine', { unit: 'failed' }));
    begun.leaves({ shell: 'generating', tools: 'generating' });
    const atBeginning = await stored(store, begun.state);
    begun.when(splits('engine', ['engine-a', 'engine-b']));
    const now = await stored(store, begun.state);
    const handoffs = new HandoffNews();
    handoffs.observe([], now);
    const asked: CheckRequest[] = [];
    const runner = {
      run: (request: CheckRequest) => {
        asked.push(request);
        return Promise.resolve({ check: request.check.name, durationMs: 0 } as CheckRun);
      },
    };
    const environment = { digest: null, provided: [] };
    const world = { run, store, handoffs, runner, environment } as unknown as World;
    const empty: TreeId = await store.putTree([]);
    await using folder = await folders.create(run, `build-${id}`, empty);
    const { order } = effectOf(begun.state, 'generate', id);
    const limits = { files: 10, bytes: 1_000 };
    const checks = new BuilderChecks(world, {
      ...{ order, module: moduleId(id), folder: folder.path, state: atBeginning },
      rules: { owns: [`src/${id}/**`], given: empty, provided: [], limits },
    });
    await checks.check(new AbortController().signal);
    expect(asked.map(({ testFiles }) => testFiles)).toEqual([[testOf(id)]]);
    expect(asked.map(({ expected }) => expected)).toEqual([[listed(id)]]);
  },
);

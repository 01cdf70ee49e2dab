import { poolKinds } from '../../core/plan/plan.ts';
import { providerWords } from '../../core/projections/provider-words.ts';
import type { ModelChoice } from '../../engine/agents/model-choice.ts';
import { awaitedProvider } from '../../core/provider-trouble.ts';
import type { RunState } from '../../core/state.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';
import { namedRun } from './named-run.ts';
import { sendRequest } from './send.ts';

export const agents: Verb = async (context, given) => {
  const { terminal, engine, workspace } = context;
  const run = namedRun(given);
  const pool = given.positional('pool');
  const agent = given.positional('provider');
  const model = given.option('model');
  if (model !== null && pool === null) {
    return refuse(terminal, 'agents: --model wants <pool> and <provider>: whose agents are it?');
  }
  if (given.flag('again')) {
    if (pool !== null) return refuse(terminal, 'agents: --again stands alone: it names no pool');
    const request = { type: 'retry-provider', provider: null } as const;
    return sendRequest(context, run, request, 'it is tried again now');
  }
  if (pool !== null) {
    if (agent === null)
      return refuse(terminal, `agents: <provider> is missing: where do the ${pool} come from?`);
    const request = { type: 'agents', pool, agent, model } as const;
    const from = model === null ? agent : `${agent} (${model})`;
    return sendRequest(context, run, request, `${pool} come from ${from} from here on`);
  }
  const read = await engine.readRun(workspace, run);
  if (!read.ok) return refuse(terminal, read.message);
  const rows = rowsOf(read.record.state, await engine.chosenModels(read.record));
  if (given.flag('json')) terminal.out(`${JSON.stringify({ run, pools: rows }, null, 2)}\n`);
  else {
    for (const { pool: name, agent: from, model: named, says } of rows) {
      const which = named === null ? from : `${from} (${named})`;
      terminal.out(`${name.padEnd(9)}  ${which}${says === '' ? '' : `: ${says}`}\n`);
    }
  }
  return 0;
};

/** The shape of `agents --json`. Fields are added, never renamed or removed. */
function rowsOf(state: RunState, chosen: ModelChoice) {
  return poolKinds.map((pool) => {
    const awaited = awaitedProvider(state, pool);
    const { agent, model: planned } = state.plan.pools[pool];
    const model = chosen[pool] ?? planned;
    const waits = awaited !== null;
    return { pool, agent, model, waits, says: awaited === null ? '' : providerWords(awaited) };
  });
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountOf } from '../src/core/accounts.ts';
import type { EffectResult } from '../src/core/commands.ts';
import type { Evaluate, Generate } from '../src/core/effects.ts';
import type { RunEvent } from '../src/core/events.ts';
import { evolve } from '../src/core/evolve.ts';
import { modulePlan } from '../src/core/graph.ts';
import { digest, treeId, type Order } from '../src/core/ids.ts';
import { LawWatch } from '../src/core/laws.ts';
import { moduleNode } from '../src/core/lookup.ts';
import type { Plan } from '../src/core/plan/plan.ts';
import type { RunState } from '../src/core/state.ts';
import { agentId } from '../src/engine/agents/agent-id.ts';
import type { AgentProvider } from '../src/engine/agents/agent.ts';
import { modelAgents } from '../src/engine/agents/model/model-agents.ts';
import { Supervision, type SupervisedOutcome } from '../src/engine/agents/supervision.ts';
import type { AgentTask } from '../src/engine/agents/task.ts';
import { isUnserved, unserved } from '../src/engine/perform/unserved.ts';
import { RunLoop, type Performer, type Unstamped } from '../src/engine/run-loop.ts';
import { Random } from '../test/sim/random.ts';
import { randomFaults } from '../test/support/messages-server/faults.ts';
import { virtualModel } from '../test/support/messages-server/model.ts';
import type { Received, WireUsage } from '../test/support/messages-server/wire.ts';
import { solver } from '../test/support/messages-server/solver.ts';
import { settled, type VirtualClock } from '../test/support/virtual-clock.ts';
import { MemoryJournal, resultOf, startRun } from './no-op-run.ts';
import { planOf } from './plan.ts';
import { shapeOf } from './shapes.ts';

/** What came of a run whose agents are models behind a service that fails now and then. */
export interface ModelsRun {
  readonly complete: boolean;
  /** Modules that were sealed more than once. */
  readonly sealedTwice: number;
  /** Laws that were broken, in words. */
  readonly breaches: readonly string[];
  readonly requests: number;
  readonly failed: number;
  /** Tokens by the run's own account and by the service's. */
  readonly spentTokens: number;
  readonly servedTokens: number;
  /** Of the tokens that second and later requests of a role read, the part that came from the cache. */
  readonly cachedShare: number;
  /** Of the run's budget, in tokens and in money, the part that was used; the larger of both. */
  readonly usedBudget: number;
  /** How often an attempt had to be made again, for whatever reason. */
  readonly endedAttempts: number;
  readonly virtualMinutes: number;
}

export interface ModelsRunOptions {
  readonly seed: number;
  readonly modules: number;
  /** How likely a request fails. */
  readonly faults: number;
  /** Of the run; left out: ample. */
  readonly budget?: { readonly tokens: number; readonly microUsd: number };
}

/** About three times what a run needs: what is reserved for agents at work comes on top of that. */
const ample = { tokens: 400_000, microUsd: 2_000_000 };

/** A run in virtual time: real agents, tools, files, client and rules; checks that always pass. */
export async function runModels({
  seed,
  modules,
  faults,
  budget = ample,
}: ModelsRunOptions): Promise<ModelsRun> {
  const random = new Random(seed);
  const plan = planFor(modules, budget);
  const { service, clock, model } = await virtualModel({
    script: solver(solutionOf(plan)),
    faults: randomFaults(random.fork('faults'), faults),
    limits: { requests: 1_000, inputTokens: 2_000_000, outputTokens: 400_000 },
    latencyMs: () => random.between(500, 8_000),
  });
  const provider = modelAgents({ name: 'anthropic', metered: 'hard', model: () => model, clock });
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-models-'));
  const journal = new MemoryJournal();
  const loop = new RunLoop(null, {
    journal,
    performer: performerOf(provider, clock, folder),
    now: () => clock.now(),
    observe: () => undefined,
    stayOpen: false,
  });
  loop.submit(startRun(plan));
  loop.submit({ type: 'start-driver', driver: 1, host: 'bench', pid: 1 });
  let state: RunState;
  try {
    state = await inVirtualTime(clock, loop.run());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { spent } = accountOf(state, 'run');
  const seals = journal.events.filter(({ type }) => type === 'module-sealed').length;
  return {
    complete: state.phase.at === 'finished' && state.phase.outcome === 'complete',
    sealedTwice: seals - state.sealed,
    breaches: breachesOf(journal.events),
    requests: service.messages.length,
    failed: service.messages.filter(({ status, fault }) => status !== 200 || fault !== null).length,
    spentTokens: spent.tokens,
    servedTokens: service.messages.reduce((sum, { usage }) => sum + tokensOf(usage), 0),
    cachedShare: cachedShare(service.messages),
    usedBudget: Math.max(spent.tokens / budget.tokens, spent.microUsd / budget.microUsd),
    endedAttempts: journal.events.filter(({ type }) => type === 'generation-ended').length,
    virtualMinutes: clock.monotonic() / 60_000,
  };
}

function cachedShare(requests: readonly Received[]): number {
  const begun = new Set<string>();
  let read = 0;
  let all = 0;
  for (const { body, usage } of requests) {
    if (usage === null) continue;
    // What a role can do and has to answer tells it from the others.
    const role = JSON.stringify([body.tools?.map(({ name }) => name), body.output_config]);
    if (begun.has(role)) {
      read += usage.cache_read_input_tokens;
      all += tokensOf(usage) - usage.output_tokens;
    }
    begun.add(role);
  }
  return read / all;
}

const tokensOf = (usage: WireUsage | null): number =>
  usage === null
    ? 0
    : usage.input_tokens +
      usage.cache_creation_input_tokens +
      usage.cache_read_input_tokens +
      usage.output_tokens;

function planFor(modules: number, budget: typeof ample): Plan {
  const plan = planOf(shapeOf('layered', modules));
  const pool = { max: 4, agent: 'anthropic', model: null, definition: null, budget: null };
  return {
    ...plan,
    pools: { planners: pool, builders: pool, reviewers: pool },
    budget: { ...plan.budget, ...budget },
  };
}

const solutionOf = ({ modules }: Plan) =>
  Object.fromEntries(
    modules.map(({ id }) => [
      id,
      {
        [`src/${id}/index.js`]: `export const name = '${id}';\n`,
        [`src/${id}/help.js`]: `export const help = 'no help';\n`,
      },
    ]),
  );

const contract = { version: 1, text: 'Gives its name, and help where that is wanted.' };
const tree = treeId('0'.repeat(40));
const seal = digest('0'.repeat(64));

function performerOf(provider: AgentProvider, clock: VirtualClock, root: string): Performer {
  return {
    async perform(effect, state, work) {
      switch (effect.type) {
        case 'generate':
          return generated(effect, state, work);
        case 'evaluate':
          return evaluated(effect, state, work);
        case 'rest':
          await clock.sleep(effect.ms, work.signal);
          return { type: 'record-rest', order: effect.order, module: effect.module };
        case 'await-provider':
          await clock.sleep(effect.ms, work.signal);
          return { type: 'record-provider-wait', order: effect.order, provider: effect.provider };
        case 'check-prerequisites':
        case 'verify-contract':
        case 'amend':
        case 'split':
        case 'arbitrate':
        case 'integrate':
        case 'run-gate':
        case 'compose-subject':
        case 'deliver':
        case 'write-postmortem':
          return resultOf(effect);
      }
    },
  };

  type Work = Parameters<Performer['perform']>[2];
  type Result = Promise<Unstamped<EffectResult>>;

  async function generated(effect: Generate, state: RunState, work: Work): Result {
    const { order, module: id } = effect;
    const node = moduleNode(state, id);
    const { attempt, epoch, evidence } = state.modules.get(node);
    const folder = join(root, `${id}-${attempt}-${epoch}`);
    await mkdir(folder, { recursive: true });
    const outcome = await watched(effect, state, work, {
      ...basics(state, order, epoch),
      role: attempt === 1 ? 'generator' : 'reviser',
      ...{ module: id, attempt, contract, paths, commands: [], folder },
      owns: modulePlan(state.plan, node).owns,
      ...{ evidence, handoffs: [], asked: [], partners: [] },
    });
    const { spent } = outcome;
    if (isUnserved(outcome)) return unserved(effect, state, outcome, spent);
    if (outcome.kind === 'submitted') {
      const handedIn = { tree, summary: outcome.summary, problems: [], trespasses: [] };
      return { type: 'record-submission', order, module: id, ...handedIn, findings: [], spent };
    }
    const end = { type: 'record-generation-end', order, module: id, seed: null, spent } as const;
    if (outcome.kind === 'exhausted') {
      return { ...end, outcome: 'exhausted', message: '', what: outcome.what, restMs: 0 };
    }
    const why = outcome.kind === 'stalled' ? 'stalled' : 'failed';
    const message = 'message' in outcome ? outcome.message : outcome.kind;
    return { ...end, outcome: why, message, what: null, restMs: 0 };
  }

  async function evaluated(effect: Evaluate, state: RunState, work: Work): Result {
    const { order, module } = effect;
    const { attempt } = state.modules.get(moduleNode(state, module));
    const outcome = await watched(effect, state, work, {
      ...basics(state, order, 1),
      role: 'evaluator',
      ...{ module, attempt, contract, paths, subject: tree, folder: root, reviewer: 1 },
      ...{ checks: [], summary: 'Done.', changed: { files: [], more: 0 } },
    });
    const { spent } = outcome;
    if (isUnserved(outcome)) return unserved(effect, state, outcome, spent);
    const checks = [{ ...passed }];
    const judgement = { subject: tree, checks, others: [], seal, spent };
    const review =
      outcome.kind === 'reviewed' ? { ...outcome, testsWrong: outcome.testsWrong } : null;
    return { type: 'record-evaluation', order, module, ...judgement, review };
  }

  async function watched(
    { order, module }: Generate | Evaluate,
    state: RunState,
    { signal, report }: Work,
    task: AgentTask,
  ): Promise<SupervisedOutcome> {
    const supervision = new Supervision({
      ...{ provider, task, clock, signal },
      stallMs: state.plan.stallMinutes * 60_000,
      graceMs: 5_000,
      onProgress: ({ says, fraction, spent }) => {
        if (task.role === 'evaluator') return;
        report({ type: 'record-progress', order, module, says, fraction, spent });
      },
      onLate: () => undefined,
    });
    return supervision.outcome;
  }
}

const paths = { file: 'contract.md', tests: [], stub: [] };
const passed = {
  check: 'tests',
  outcome: 'passed',
  passed: 1,
  failed: 0,
  durationMs: 1,
  cached: false,
  evidence: [],
} as const;

const basics = (state: RunState, order: Order, epoch: number) => ({
  run: state.run,
  agent: agentId(order),
  epoch,
  allowance: state.reservations.get(order) ?? { tokens: 0, microUsd: 0, turns: 0, ms: 0 },
  sources: [],
});

/** Time passes only where nothing is left to do but wait for it: files are waited for. */
async function inVirtualTime<T>(clock: VirtualClock, work: Promise<T>): Promise<T> {
  const over = { yet: false };
  const done = work.finally(() => (over.yet = true));
  done.catch(() => undefined);
  for (let idle = 0; !over.yet; idle += 1) {
    await settled();
    if (process.getActiveResourcesInfo().some((name) => /^(FS|FileHandle|Close)/.test(name))) {
      idle = 0;
    }
    // A promise may still be on its way from one turn of the event loop to the next.
    if (idle < 3) continue;
    idle = 0;
    if (!clock.advanceToNext()) throw new Error('nothing is left to wait for, and no end');
  }
  return done;
}

function breachesOf(events: readonly RunEvent[]): string[] {
  const watch = new LawWatch({ metered: true });
  const breaches: string[] = [];
  let state: RunState | null = null;
  for (const event of events) {
    const after = evolve(state, event);
    breaches.push(...watch.event(state, event, after).map(({ law, says }) => `${law}: ${says}`));
    state = after;
  }
  return breaches;
}

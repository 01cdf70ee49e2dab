import type { PersonCommand } from '../../src/core/commands/person.ts';
import { conflictOf, rulingsOn } from '../../src/core/conflict.ts';
import { modulesBelow } from '../../src/core/graph.ts';
import { accountOf } from '../../src/core/accounts.ts';
import { moduleId, nodeRef, parseNodeRef } from '../../src/core/ids.ts';
import type { Digest, GateId, ModuleId } from '../../src/core/ids.ts';
import { moduleState } from '../../src/core/lookup.ts';
import { poolKinds } from '../../src/core/plan/plan.ts';
import { isShared, partScopes, type Scope } from '../../src/core/scopes.ts';
import type { RunState } from '../../src/core/state.ts';
import type { ModuleState } from '../../src/core/module-state.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import { otherAgents, type Outages } from './outages.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

export type Asked = Unstamped<PersonCommand>;

const by = 'somebody';

/** Somebody does what comes to mind, whether it makes sense or not. */
export function whim(random: Random, truth: Truth, state: RunState, cancels: boolean): Asked {
  const what = random.weighed({
    pause: 14,
    resume: 10,
    cancel: cancels ? 6 : 0,
    approve: 12,
    reject: 6,
    reopen: 25,
    amend: 20,
    budget: 8,
    rule: 10,
    agents: 6,
  });
  switch (what) {
    case 'pause':
      return { type: 'pause-run', by };
    case 'resume':
      return { type: 'resume-run', by };
    case 'cancel':
      return { type: 'cancel-run', by, reason: 'enough' };
    case 'approve':
    case 'reject':
      return decision(random, state, what === 'approve' ? 'approve-gate' : 'reject-gate');
    case 'reopen':
    case 'amend': {
      const all = [...state.modules];
      // Most people look first whether a module is sealed.
      const fit = all.filter(({ seal }) => (seal !== null) === (what === 'reopen'));
      const module = random.pick(fit.length > 0 && random.chance(0.8) ? fit : all);
      const id = random.chance(0.03) ? ('nobody-knows-it' as ModuleId) : module.id;
      const same = random.chance(0.05);
      const contract = same ? module.contract.tree : truth.writeContract(module.id, 0.3);
      const type = what === 'reopen' ? 'reopen-module' : 'amend-contract';
      return { type, module: id, contract, reason: 'on second thought', by };
    }
    case 'rule': {
      const { conflicts } = state;
      const open = conflicts.toArray().filter(({ resolved }) => resolved === null);
      const id = open.length > 0 ? random.pick(open).id : random.between(0, state.seq);
      const decision = random.pick(['uphold', 'overturn', 'amend'] as const);
      return { type: 'resolve-conflict', conflict: id, decision, reason: 'so be it', by };
    }
    case 'budget': {
      return otherBudget(random, state);
    }
    case 'agents': {
      if (random.chance(0.5))
        return {
          ...{ type: 'switch-agents', ...otherAgents(random), by },
          ...(random.chance(0.5) ? { model: 'another' } : {}),
        };
      const { agent: provider } = otherAgents(random);
      return { type: 'retry-provider', provider: random.chance(0.5) ? null : provider, by };
    }
  }
}

/** About a gate that asks, or one that does not; with the subject it shows, or another. */
function decision(random: Random, state: RunState, type: 'approve-gate' | 'reject-gate'): Asked {
  const asking = [...state.gates].find(({ life }) => life.at === 'asked' || life.at === 'refused');
  const gate = asking?.id ?? state.plan.gates[0]?.id ?? ('nobody-knows-it' as GateId);
  const life = asking?.life;
  const shown = life !== undefined && 'submission' in life ? life.submission : null;
  const stale = shown === null || random.chance(0.3);
  const submission = stale ? (random.hex(64) as Digest) : shown;
  return { type, gate, submission, by, note: '' };
}

/** What somebody does who looks at what the run waits for; null where it waits for nobody. */
export function help(
  random: Random,
  truth: Truth,
  state: RunState,
  outages: Outages,
): Asked | null {
  if (state.phase.at === 'undelivered' || state.phase.at === 'lacking') {
    return { type: 'resume-run', by };
  }
  if (state.pausedAt !== null) return { type: 'resume-run', by };
  const used = state.exhausted[0];
  if (used !== undefined) return raise(state, used.scope);
  const asking = state.troubled.find(({ life }) => life.at === 'asking');
  if (asking !== undefined) {
    const pool =
      asking.pool ?? poolKinds.find((each) => state.plan.pools[each].agent === asking.name)!;
    const { agent } = otherAgents(random);
    if (agent !== asking.name && random.chance(0.4)) {
      return { type: 'switch-agents', pool, agent, by };
    }
    if (asking.pool !== null && random.chance(0.3)) {
      const now = state.plan.pools[asking.pool].model;
      const model = random.pick(['one', 'other'].filter((each) => each !== now));
      return { type: 'switch-agents', pool, agent: asking.name, model, by };
    }
    outages.mend(asking.name);
    return { type: 'retry-provider', provider: asking.name, by };
  }
  const escalated = [...state.modules].find(({ life }) => life.at === 'escalated');
  if (escalated?.life.at === 'escalated' && escalated.life.reason === 'disputed') {
    const rulings = rulingsOn(conflictOf(state, escalated.conflict ?? 0), escalated.judgement);
    const decision = truth.calm ? 'uphold' : random.pick(rulings);
    const conflict = escalated.conflict ?? 0;
    return { type: 'resolve-conflict', conflict, decision, reason: 'as I see it', by };
  }
  if (escalated !== undefined) {
    const { life, id } = escalated;
    const poor = life.at === 'escalated' && life.reason === 'exhausted';
    if (poor && random.chance(0.5)) return raise(state, nodeRef('module', id));
    return anew(truth, escalated, 'as you asked');
  }
  for (const [index, { id, life }] of [...state.gates].entries()) {
    if (life.at === 'asked' || life.at === 'refused') {
      const { submission } = life;
      const yes = truth.calm || life.at === 'refused' || random.chance(0.8);
      if (!yes) return { type: 'reject-gate', gate: id, submission, by, note: 'not yet' };
      return { type: 'approve-gate', gate: id, submission, by, note: '' };
    }
    if (life.at === 'blocked') return below(random, truth, state, index + state.graph.gateBase);
  }
  const blocked = [...state.tiers].findIndex(({ life }) => life.at === 'blocked');
  return blocked === -1 ? null : below(random, truth, state, blocked + state.graph.tierBase);
}

/** Somebody changes their mind about what something may cost, upwards or downwards. */
function otherBudget(random: Random, state: RunState): Asked {
  const modules = state.plan.modules.map(({ id }) => nodeRef('module', id));
  const scope: Scope = random.pick(['run', random.pick(partScopes), random.pick(modules)]);
  const bound = scope === 'run' ? state.plan.budget : null;
  const change = (before: number | null | undefined, otherwise: number): number =>
    Math.ceil((before ?? otherwise) * (0.3 + 3 * random.fraction()));
  const budget = {
    tokens: change(bound?.tokens, 400_000),
    microUsd: change(bound?.microUsd, 2_000_000),
    minutes: change(bound?.minutes, 90),
    turns: random.chance(0.5) ? change(bound?.turns, 60) : null,
    attempts: scope.startsWith('module:') ? random.between(1, 6) : null,
  };
  return { type: 'change-budget', scope, budget, by };
}

/** So much that it does not happen soon again. */
function raise(state: RunState, scope: Scope): Asked {
  const spent = isShared(scope)
    ? accountOf(state, scope).spent
    : moduleState(state, moduleId(parseNodeRef(scope).id)).spent;
  const minutes = scope === 'run' ? state.plan.budget.minutes * 3 : spent.ms / 20_000;
  // More than it is now, too: the same once more is refused.
  const own = state.plan.modules.find(({ id }) => nodeRef('module', id) === scope)?.budget;
  const budget = {
    tokens: Math.max(spent.tokens * 2, own?.tokens ?? 0) + 20_000_000,
    microUsd: spent.microUsd * 2 + 200_000_000,
    minutes: Math.ceil(minutes) + 10_000,
    turns: spent.turns * 2 + 2_000,
    attempts: isShared(scope) ? null : 20,
  };
  return { type: 'change-budget', scope, budget, by };
}

function below(random: Random, truth: Truth, state: RunState, node: number): Asked {
  const module = state.modules.get(random.pick(modulesBelow(state.graph, node)));
  return anew(truth, module, 'its parts do not fit');
}

function anew(truth: Truth, { id, seal }: ModuleState, reason: string): Asked {
  const type = seal === null ? 'amend-contract' : 'reopen-module';
  return { type, module: id, contract: truth.writeContract(id, 0.9, true), reason, by };
}

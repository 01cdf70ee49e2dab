import type { AgentEvent, TaskRole } from '../events/agent.ts';
import type { AgentRole, BudgetEvent } from '../events/budget.ts';
import type { GivenInsight } from '../events/insight.ts';
import { isNoteName } from '../note-name.ts';
import type { ProviderEvent } from '../events/provider.ts';
import type { PoolKind } from '../plan/plan.ts';
import type { UsageLine } from '../usage.ts';
import type { EventFields } from './event-table.ts';
import {
  flag,
  form,
  label,
  listOf,
  number,
  objectOf,
  onlyTold,
  optional,
  orNull,
  told,
  who,
  word,
} from './field.ts';
import { amount, count, digest, moduleName, node, order, scope } from './id-fields.ts';
import { unit } from './module-fields.ts';

const role = word<AgentRole>({ builder: true, reviewer: true, planner: true, integrator: true });
const pool = word<PoolKind>({ planners: true, builders: true, reviewers: true });
const provider = label('provider');
const ofProvider = { provider, pool: optional(pool) };

const line = objectOf<UsageLine>({
  provider,
  model: (value, out) => (value === '' ? '' : label('model')(value, out)),
  instructions: optional(label('instructions')),
  calls: number,
  tokens: objectOf({ input: number, cacheRead: number, cacheWrite: number, output: number }),
  untold: number,
  microUsd: number,
  unpriced: number,
});

const taskRole = word<TaskRole>({
  ...({ scout: true, generator: true, reviser: true, evaluator: true } as const),
  ...({ integrator: true, 'contract-author': true, architect: true, arbiter: true } as const),
});

/** What others called their notes stays with them: that there was one goes out, and of what type. */
const note = objectOf<GivenInsight>({
  file: onlyTold(
    form((name) => name === '' || isNoteName(name), 'name of a note'),
    '',
  ),
  title: told,
  type: label('note'),
  digest,
});

/** What agents were given and cost, and whether those who make them serve. */
export const agentFields: EventFields<(BudgetEvent | AgentEvent | ProviderEvent)['type']> = {
  'budget-reserved': { order, for: node, role, amount },
  'budget-spent': { order, for: node, role, amount, inFull: flag },
  'budget-exhausted': {
    module: orNull(moduleName),
    scope: optional(scope),
    what: unit,
    least: optional(orNull(number)),
  },
  'late-result-rejected': {
    module: orNull(moduleName),
    order,
    what: told,
    spent: optional(orNull(amount)),
  },
  'insights-given': {
    ...{ order, agent: count, module: moduleName, role: taskRole, attempt: count },
    notes: listOf(note),
  },
  'agent-used': {
    order,
    agent: count,
    for: node,
    role: taskRole,
    lines: listOf(line),
    read: optional(number),
  },
  'provider-failed': {
    ...ofProvider,
    code: word({ 'provider-down': true, unauthorised: true, unpaid: true, 'no-model': true }),
    message: told,
    failures: count,
    restMs: number,
  },
  'provider-wait-ended': { ...ofProvider, by: orNull(who) },
  'provider-tried': { ...ofProvider, order, for: node },
  'provider-answered': ofProvider,
  'agents-switched': {
    pool,
    agent: label('agents'),
    model: optional(label('model')),
    by: who,
  },
};

import type { RunEvent } from '../events.ts';
import { gateId, moduleId, nodeRef, parseNodeRef, tierId, type NodeRef } from '../ids.ts';
import type { CheckPlan, Plan, ResourceUse } from '../plan/plan.ts';
import type { EventStep } from './law.ts';
import type { Ledger, LiveWork } from './ledger.ts';

/** Units by the name of the resource. */
type Units = ReadonlyMap<string, number>;

/** Part of law 6: what is at work never holds more of a resource than there is. */
export function overheld({ event, ledger }: EventStep): string | null {
  if (ledger.plan.resources.length === 0) return null;
  const work = begun(event);
  if (work === null) return null;
  const lacking = lackingFor(ledger, work);
  return lacking === null ? null : `${work.ref} begins beside what holds ${lacking}`;
}

/** The first resource of which there is too little beside all that is at work; null where none is. */
export function lackingFor(ledger: Ledger, work: LiveWork): string | null {
  const { plan, live } = ledger;
  if (plan.resources.length === 0) return null;
  const wanted = demandOf(plan, work);
  const atWork = [...live.values()].map((each) => demandOf(plan, each));
  for (const { id, capacity } of plan.resources) {
    const amount = wanted.get(id) ?? 0;
    const held = atWork.reduce((sum, units) => sum + (units.get(id) ?? 0), 0);
    if (amount > 0 && held + amount > capacity) return id;
  }
  return null;
}

/** What a piece of work holds, read off the plan and not off the graph. */
function demandOf(plan: Plan, { kind, ref }: LiveWork): Units {
  if (kind === 'plan' || kind === 'compose') return new Map();
  const { resources, checks } = usesOf(plan, ref);
  const own = kind === 'list' ? [] : resources;
  const units = new Map<string, number>();
  for (const { id, capacity } of plan.resources) {
    const among = (uses: readonly ResourceUse[]): number =>
      uses.reduce((sum, use) => sum + (use.resource === id ? use.amount : 0), 0);
    const together = kind === 'build' ? 0 : among(checks.flatMap((check) => check.resources));
    units.set(id, Math.min(capacity, Math.max(among(own), together)));
  }
  return units;
}

interface Uses {
  readonly resources: readonly ResourceUse[];
  readonly checks: readonly CheckPlan[];
}

function usesOf(plan: Plan, ref: NodeRef): Uses {
  const { kind, id } = parseNodeRef(ref);
  const nothing = { resources: [], checks: [] };
  if (kind === 'module') return plan.modules.find((each) => each.id === moduleId(id)) ?? nothing;
  if (kind === 'tier') return plan.tiers.find((each) => each.id === tierId(id)) ?? nothing;
  const gate = plan.gates.find((each) => each.id === gateId(id));
  return gate?.kind === 'end-to-end' ? { resources: [], checks: gate.checks } : nothing;
}

const kinds: Partial<Record<RunEvent['type'], LiveWork['kind']>> = {
  'generation-started': 'build',
  'evaluation-started': 'judge',
  'verification-started': 'list',
  'integration-started': 'judge',
  'gate-started': 'judge',
};

/** The work that an event begins, as the ledger will know it. */
function begun(event: RunEvent): LiveWork | null {
  const kind = kinds[event.type];
  if (kind === undefined) return null;
  if ('tier' in event) return { kind, ref: nodeRef('tier', event.tier) };
  if (event.type === 'gate-started') return { kind, ref: nodeRef('gate', event.gate) };
  if (!('module' in event) || event.module === null) return null;
  return { kind, ref: nodeRef('module', event.module) };
}

import { mostInsights } from '../decide-insights.ts';
import type { EventOf, RunEvent } from '../events.ts';
import type { RunOutcome } from '../events/run.ts';
import { nodeRef, type NodeRef } from '../ids.ts';
import { isOver } from '../state.ts';
import type { EventStep, Law } from './law.ts';
import { gateEntry, moduleEntry, type Ledger } from './ledger.ts';
import { judgingOf } from './note-event.ts';
import { apply, type RulesByEvent } from './rules-by-event.ts';
import { isCurrent, Settled } from './settled.ts';

/** A page of an agent's text, with the words that the engine puts around it. */
const longestText = 4_000 + 400;

export const noTranscripts: Law = {
  number: 8,
  title: 'The journal holds summaries, verdicts and check results, never transcripts',
  holds(step) {
    if (step.at !== 'event') return null;
    const { event } = step;
    if (
      event.type === 'run-started' ||
      event.type === 'plan-changed' ||
      event.type === 'module-split'
    )
      return null;
    return tooMuch(event, event.type);
  },
};

function tooMuch(value: unknown, where: string): string | null {
  if (typeof value === 'string') {
    return value.length > longestText ? `${where} holds more than a page` : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, item] of Object.entries(value)) {
    if (/transcript/i.test(name)) return `${where} holds a transcript`;
    const fault = tooMuch(item, `${where}.${name}`);
    if (fault !== null) return fault;
  }
  return null;
}

export const lateResultsAreFenced: Law = {
  number: 12,
  title: 'Late results change nothing, and an approval is bound to what the person saw',
  holds(step) {
    return step.at === 'event' ? (apply(fenced, step) ?? decided(step)) : null;
  },
};

/** What comes back is the answer to an order that still stands. */
const fenced: RulesByEvent = {
  'late-result-rejected': (_, __, { before, after }) =>
    before?.modules === after.modules &&
    before.tiers === after.tiers &&
    before.gates === after.gates
      ? null
      : 'a late result changed the run',
  'agent-used': ({ order, for: ref }, ledger) =>
    ledger.reserved.has(order) ? null : `calls for ${ref} that nobody pays for`,
  'insights-given': ({ order, module, notes }, ledger) => {
    if (!ledger.reserved.has(order)) return `insights for ${module}, where nobody works`;
    return notes.length <= mostInsights ? null : `${notes.length} insights for one agent`;
  },
  'submission-received': byBuilder,
  'generation-ended': byBuilder,
  'progress-reported': byBuilder,
  'contract-refused': byLister,
  'verification-ended': byLister,
  'contract-amended'({ module: id, type, source }, ledger) {
    if (source === 'person' || source === 'earlier-run' || source === 'plan') return null;
    const { planner } = moduleEntry(ledger, nodeRef('module', id));
    return planner === null ? `${type} of ${id}, which nobody amends` : null;
  },
  'amendment-failed'({ module: id, type }, ledger) {
    const { planner } = moduleEntry(ledger, nodeRef('module', id));
    return planner === null ? `${type} of ${id}, which nobody amends` : null;
  },
  'arbitration-failed'({ module: id, type }, ledger) {
    const { arbiter } = moduleEntry(ledger, nodeRef('module', id));
    return arbiter === null ? `${type} of ${id}, which nobody arbitrates` : null;
  },
  'check-finished': ({ gate, type }, ledger) => byJudge(type, gate, ledger),
  'verdict-given': ({ gate, type }, ledger) => byJudge(type, gate, ledger),
  'integration-ended': ({ gate, type }, ledger) => byJudge(type, gate, ledger),
  'gate-blocked': ({ gate, type }, ledger) => byJudge(type, gate, ledger),
  'evaluation-ended': ({ module, type }, ledger) =>
    byJudge(type, nodeRef('module', module), ledger),
  'module-sealed': ({ module, type }, ledger) => byJudge(type, nodeRef('module', module), ledger),
  'budget-spent': ({ order, for: ref }, ledger) =>
    ledger.reserved.has(order) ? null : `${ref} pays for no reservation`,
};

type OfBuilder = 'submission-received' | 'generation-ended' | 'progress-reported';

function byBuilder(event: EventOf<OfBuilder>, ledger: Ledger): string | null {
  const { builder } = moduleEntry(ledger, nodeRef('module', event.module));
  const its = builder?.attempt === event.attempt && builder.epoch === event.epoch;
  return its ? null : `${event.type} of a builder of ${event.module} that is not at work`;
}

type OfLister = 'contract-refused' | 'verification-ended';

function byLister(event: EventOf<OfLister>, ledger: Ledger): string | null {
  const { lister } = moduleEntry(ledger, nodeRef('module', event.module));
  return lister === null ? `${event.type} of ${event.module}, which nobody lists` : null;
}

function byJudge(type: RunEvent['type'], ref: NodeRef, ledger: Ledger): string | null {
  // One of a set is sealed by the last one's judging.
  if (type === 'module-sealed' && moduleEntry(ledger, ref).passed !== null) return null;
  return judgingOf(ledger, ref) === null ? `${type} of ${ref}, which nobody judges` : null;
}

function decided({ event, ledger }: EventStep): string | null {
  if (event.type !== 'approval-given' && event.type !== 'approval-refused') return null;
  const ref = nodeRef('gate', event.gate);
  const { asked } = gateEntry(ledger, ref);
  if (asked?.submission !== event.submission) return `${ref} is decided for another subject`;
  if (!isCurrent(ledger, ref, asked.against)) return `${ref} is decided for replaced seals`;
  const need = new Settled(ledger).unmetNeed(ref);
  return need === null ? null : `${ref} is decided while ${need} is in question`;
}

export const everyRunEndsInAPostmortem: Law = {
  number: 13,
  title: 'Every run ends in a postmortem',
  holds(step) {
    if (step.at === 'decision') return null;
    if (step.at === 'event') return ending(step);
    const { state, ledger } = step;
    if (!isOver(state)) return `the run ended while it was ${state.phase.at}`;
    const { finished, postmortems } = ledger;
    if (finished === 1 && postmortems === 1) return null;
    return `the run finished ${finished} times, with ${postmortems} postmortems`;
  },
};

function ending(step: EventStep): string | null {
  const { event, ledger } = step;
  const rule = apply(endings, step);
  if (rule !== null || ledger.finished === 0 || mayFollow.has(event.type)) return rule;
  return `${event.type} after the run finished`;
}

const mayFollow: ReadonlySet<RunEvent['type']> = new Set([
  'run-finished',
  'postmortem-written',
  'run-reopened',
  'driver-started',
  'late-result-rejected',
]);

const endings: RulesByEvent = {
  'generation-ended': ({ restMs }, { cancelled }) =>
    cancelled && restMs > 0 ? 'a cancelled run waits for an agent to rest' : null,
  'run-finished'(event, ledger) {
    if (ledger.finished > 0) return 'the run finished twice';
    return ledger.live.size > 0 ? 'the run finished with work in flight' : unearned(event, ledger);
  },
  'postmortem-written'(_, { finished, postmortems }) {
    if (postmortems > 0) return 'a second postmortem';
    return finished === 1 ? null : 'a postmortem of a run that goes on';
  },
  'run-reopened': (_, { postmortems, undelivered }) =>
    postmortems === 1 || undelivered ? null : 'a run is reopened before its postmortem',
};

function unearned({ outcome }: EventOf<'run-finished'>, ledger: Ledger): string | null {
  const settled = new Settled(ledger);
  const all = [...ledger.reach.keys()].every((ref) => settled.has(ref));
  const abandoned = [...ledger.modules.values()].some((module) => module.abandoned);
  const earned: Record<RunOutcome, boolean> = {
    complete: all && ledger.delivered,
    cancelled: ledger.cancelled,
    failed: ledger.prerequisiteFailed || (abandoned && !all),
  };
  return earned[outcome] ? null : `the run finished as ${outcome}, wrongly`;
}

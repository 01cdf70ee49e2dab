import { nodeRef, type NodeRef } from '../ids.ts';
import { isSettled } from '../module-state.ts';
import type { RunEvent } from '../events.ts';
import { noMilderWord } from './law-disputes.ts';
import type { DecisionStep, EventStep, Law } from './law.ts';
import { gateEntry, moduleEntry, reachEntry, type Ledger } from './ledger.ts';
import { judgingOf } from './note-event.ts';
import { gateOf, moduleOf, tierOf } from './plan-reach.ts';
import { apply, type RulesByEvent } from './rules-by-event.ts';
import { amendedSince, isCurrent, Settled } from './settled.ts';
import { gateState, moduleState, tierState } from '../lookup.ts';

export const testsAreTheContract: Law = {
  number: 1,
  title: 'Tests are the contract',
  holds(step) {
    if (step.at !== 'event') return null;
    const { event, ledger } = step;
    if (event.type !== 'generation-started' && event.type !== 'evaluation-started') return null;
    const ref = nodeRef('module', event.module);
    const { tests, version } = moduleEntry(ledger, ref);
    if (tests === null) return `work on ${ref} begins while no tests of its contract are listed`;
    if (event.version !== version) return `work on ${ref} begins for version ${event.version}`;
    const counted = reachEntry(ledger, ref).checks.some(({ report }) => report !== 'exit');
    return counted && tests === 0 ? `work on ${ref} begins with a contract without tests` : null;
  },
};

export const aFailingCheckIsNeverAPass: Law = {
  number: 3,
  title: 'A failing check is never a PASS',
  holds(step) {
    if (step.at !== 'event') return null;
    const { event, ledger } = step;
    if (event.type === 'conflict-resolved') return apply(noMilderWord, step);
    const passed = passedBy(event);
    if (passed !== null) {
      // One of a set: its PASS was noted when it passed.
      const noted = ledger.modules.get(passed);
      if (noted?.judging === null && noted.passed !== null) return null;
      const verdict = judgingOf(ledger, passed)?.verdict ?? null;
      return verdict === 'PASS' ? null : `${passed} passed with the verdict ${String(verdict)}`;
    }
    if (event.type !== 'verdict-given' || event.verdict !== 'PASS') return null;
    const ref = event.gate;
    const judging = judgingOf(ledger, ref);
    if (judging === null) return `a PASS for ${ref}, which nobody judges`;
    const failed = judging.checks.find(({ outcome }) => outcome !== 'passed');
    if (failed !== undefined) return `a PASS for ${ref} although ${failed.check} ${failed.outcome}`;
    const ran = new Set(judging.checks.map(({ check }) => check));
    const missing = reachEntry(ledger, ref).checks.find(({ name }) => !ran.has(name));
    if (missing !== undefined) return `a PASS for ${ref} without its check ${missing.name}`;
    const problems = ledger.modules.get(ref)?.submission?.problems ?? 0;
    return problems === 0 ? null : `a PASS for ${ref} although it left its paths`;
  },
};

export const whatWasJudgedIsWhatStands: Law = {
  number: 5,
  title:
    'A contract changes only as a new version, and what was judged against the old is judged again',
  holds(step) {
    if (step.at === 'event') return apply(versions, step) ?? currency(step);
    return step.at === 'decision' ? agreement(step) : null;
  },
};

const versions: RulesByEvent = {
  'contract-amended'(event, ledger) {
    const { version, contract, refused } = moduleEntry(ledger, nodeRef('module', event.module));
    const redrafted = refused && event.version === version && event.source !== 'person';
    if (event.version !== version + 1 && !redrafted) {
      return `version ${event.version} follows ${version}`;
    }
    return event.contract === contract ? `version ${event.version} changes nothing` : null;
  },
  'contract-written'(event, ledger) {
    const { version, contract } = moduleEntry(ledger, nodeRef('module', event.module));
    if (version === 0) return null;
    if (event.version !== version) return `tests of version ${event.version}, not of ${version}`;
    return event.contract === contract ? null : `tests of another contract of ${event.module}`;
  },
  'verdict-given'({ gate }, ledger) {
    const judging = judgingOf(ledger, gate);
    const amended = judging === null ? null : amendedSince(ledger, judging.contracts);
    return amended === null ? null : `${gate} was judged on an older contract of ${amended}`;
  },
  'submission-received'(event, ledger) {
    const { version, builder } = moduleEntry(ledger, nodeRef('module', event.module));
    const old = event.version !== version || builder?.outdated === true;
    return old ? `${event.module} hands in for an older contract` : null;
  },
};

/** What passes was judged against the newest contract, on needs that stand now as they did then. */
function currency({ event, ledger }: EventStep): string | null {
  const ref = passedBy(event) ?? asked(event);
  if (ref === null) return null;
  const judging = judgingOf(ledger, ref) ?? ledger.modules.get(ref)?.passed ?? null;
  if (judging === null) return `${ref} passes unjudged`;
  const settled = new Settled(ledger);
  const need = settled.unmetNeed(ref);
  if (need !== null) return `${ref} passes while ${need} is in question`;
  if (event.type === 'module-passed' && event.seal === null) return null;
  const open = settled.outside(ref);
  if (open !== null) return `${ref} is confirmed while ${open} is in question`;
  if (!isCurrent(ledger, ref, judging.against)) return `${ref} was judged against replaced seals`;
  if (event.type !== 'module-sealed') return null;
  const unconfirmed = incomplete(ledger, ref);
  if (unconfirmed !== null) return `${ref} is sealed before ${unconfirmed} is confirmed`;
  const { version } = moduleEntry(ledger, ref);
  return event.version === version && judging.version === version
    ? null
    : `${ref} is sealed for version ${event.version}, judged for ${judging.version}, at ${version}`;
}

/** A member of its set that is neither confirmed nor sealed already. */
function incomplete(ledger: Ledger, ref: NodeRef): NodeRef | null {
  for (const each of reachEntry(ledger, ref).set) {
    const { passed, seal } = moduleEntry(ledger, each);
    if (each === ref) continue;
    const { against } = passed ?? seal ?? { against: [] };
    const stands = passed === null ? seal !== null : passed.confirmed;
    if (!stands || !isCurrent(ledger, each, against)) return each;
  }
  return null;
}

/** The state holds for settled exactly what the events show to be. */
function agreement({ state, ledger }: DecisionStep): string | null {
  const settled = new Settled(ledger);
  for (const [ref, { seal }] of ledger.modules) {
    const module = moduleState(state, moduleOf(ref));
    if (isSettled(module) !== settled.has(ref)) return `${ref} is ${module.life.at}, wrongly`;
    if (module.seal?.digest !== seal?.digest) return `${ref} has another seal than was given`;
  }
  for (const ref of ledger.gates.keys()) {
    const { life } = ref.startsWith('tier:')
      ? tierState(state, tierOf(ref))
      : gateState(state, gateOf(ref));
    const passed = life.at === 'integrated' || life.at === 'passed' || life.at === 'approved';
    if (passed !== settled.has(ref)) return `${ref} is ${life.at}, wrongly`;
    if (life.at !== 'asked') continue;
    const against = gateEntry(ledger, ref).asked?.against;
    const stands = against !== undefined && isCurrent(ledger, ref, against);
    if (!stands || settled.unmetNeed(ref) !== null) return `${ref} asks for what is void`;
  }
  return null;
}

/** What an event lets pass by a verdict. */
function passedBy(event: RunEvent): NodeRef | null {
  if (event.type === 'module-sealed' || event.type === 'module-passed') {
    return nodeRef('module', event.module);
  }
  if (event.type === 'tier-integrated') return nodeRef('tier', event.tier);
  return event.type === 'gate-passed' ? nodeRef('gate', event.gate) : null;
}

const asked = (event: RunEvent): NodeRef | null =>
  event.type === 'approval-requested' ? nodeRef('gate', event.gate) : null;

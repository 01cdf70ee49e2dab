import { unitWords } from '../budget.ts';
import type { RunEvent } from '../events.ts';
import type { ContractAmended } from '../events/contract.ts';
import type { HandoffEvent } from '../events/handoff.ts';
import type { AgentsSwitched } from '../events/provider.ts';
import { scopeOfExhaustion } from '../accounts.ts';
import { nodeRef } from '../ids.ts';
import { budgetName } from '../scope-name.ts';
import { decisionWords, ruleWords } from './conflicts.ts';
import { evidenceLine } from './evidence-words.ts';
import { escalationWords } from './module-status.ts';
import { nodeName } from './node-words.ts';
import { troubleOf } from './provider-words.ts';
import { oneLine } from './safe-text.ts';
import { counted, duration, listed, roughly } from './words.ts';

/** How much a person cares. */
export type Weight = 'detail' | 'news' | 'alert';

/** One thing that happened, in one line. */
export interface Happening {
  readonly weight: Weight;
  readonly says: string;
}

const detail = (says: string): Happening => ({ weight: 'detail', says });
const news = (says: string): Happening => ({ weight: 'news', says });
const alert = (says: string): Happening => ({ weight: 'alert', says });

/** An event as people tell it; null for book-keeping that nobody follows. */
export function happening(event: RunEvent): Happening | null {
  switch (event.type) {
    case 'run-started':
      return news(
        `run ${event.run} of ${event.plan.artifact.name} started: ${counted(event.plan.modules.length, 'module')}`,
      );
    case 'driver-started':
      return event.driver > 1 ? news('another driver has taken the run over') : null;
    case 'prerequisite-checked':
      return event.passed
        ? detail(`prerequisite ${event.name} holds`)
        : alert(`prerequisite ${event.name} failed: ${evidenceLine(event.evidence)}`);
    case 'prerequisites-missing':
      return alert(
        `nothing starts: ${counted(event.names.length, 'prerequisite')} missing (${event.names.join(', ')}); mend that and resume`,
      );
    case 'prerequisites-check-started':
      return news('prerequisites are checked again');
    case 'go-given':
      return news('prerequisites hold: work may start');
    case 'run-paused':
      return news(`paused by ${who(event.by)}`);
    case 'run-resumed':
      return news(`resumed by ${who(event.by)}`);
    case 'run-cancelled':
      return alert(`cancelled by ${who(event.by)}: ${oneLine(event.reason)}`);
    case 'plan-changed':
      return news(`plan changed by ${who(event.by)}: ${oneLine(event.reason)}`);
    case 'delivered':
      return news(`delivered: ${event.kind} ${oneLine(event.name)}`);
    case 'delivery-failed':
      return alert(`could not be delivered: ${oneLine(event.message, 300)}`);
    case 'run-finished':
      return news(`run ${event.outcome}: ${oneLine(event.reason)}`);
    case 'run-reopened':
      return news(`run reopened by ${who(event.by)}: ${oneLine(event.reason)}`);
    case 'contract-written':
      return event.version === 1
        ? event.source === 'missing'
          ? news(`${event.module}: contract written, ${counted(event.tests, 'test')}`)
          : null
        : news(
            `${event.module}: contract v${event.version} stands, ${counted(event.tests, 'test')}`,
          );
    case 'contract-refused':
      return alert(
        `${event.module}: contract v${event.version} refused (${event.code}) ${evidenceLine(event.evidence)}`.trim(),
      );
    case 'contract-amended':
      if (event.version === 1) return firstContract(event);
      return news(
        `${event.module}: contract amended to v${event.version} by ${who(event.by)}: ${oneLine(event.reason)}`,
      );
    case 'module-split':
      return news(`${event.module}: split into ${listed(event.into)}: ${oneLine(event.reason)}`);
    case 'amendment-requested':
      if (event.source === 'split') {
        return news(`${event.module}: to be split: ${oneLine(event.reason)}`);
      }
      return news(`${event.module}: its contract is put in question: ${oneLine(event.reason)}`);
    case 'amendment-started':
      return detail(`${event.module}: a planner writes contract v${event.version}`);
    case 'amendment-failed':
      return news(`${event.module}: its planner wrote no contract: ${oneLine(event.message)}`);
    case 'generation-started':
      return news(
        `${event.module}: ${event.attempt > 1 ? 'revising' : 'building'}, attempt ${event.attempt}${
          event.epoch > 1 ? `, agent ${event.epoch}` : ''
        }`,
      );
    case 'progress-reported':
      return detail(`${event.module}: ${oneLine(event.says)}`);
    case 'generation-ended': {
      const says = `${event.module}: its agent ended (${event.outcome}): ${oneLine(event.message)}`;
      return event.outcome === 'aborted' ? detail(says) : news(says);
    }
    case 'submission-received': {
      const problems = event.problems.length;
      const beside = problems === 0 ? '' : ` (${counted(problems, 'problem')} with its files)`;
      return news(`${event.module}: handed in${beside}: ${oneLine(event.summary)}`);
    }
    case 'late-result-rejected':
      return news(
        `${event.module === null ? '' : `${event.module}: `}came too late and does not count: ${oneLine(event.what)}`,
      );
    case 'evaluation-started':
      if (event.again) return news(`${event.module}: judged again, something below it changed`);
      return detail(`${event.module}: ${event.confirms ? 'being confirmed' : 'in review'}`);
    case 'check-finished':
      return null;
    case 'verdict-given': {
      const why = evidenceLine(event.evidence) || oneLine(event.summary);
      return news(`${nodeName(event.gate)}: ${event.verdict}${why === '' ? '' : `: ${why}`}`);
    }
    case 'module-passed':
      return news(
        `${event.module}: passed, ${event.seal === null ? 'to be confirmed with the real thing' : 'confirmed; sealed with its set'}`,
      );
    case 'confirmation-failed':
      return news(
        `${event.module}: not confirmed (${event.round}): ${evidenceLine(event.evidence)}`,
      );
    case 'feedback-given':
      return event.findings.length === 0
        ? detail(`${event.from}: no findings for ${event.to}`)
        : news(
            `${event.from}: ${counted(event.findings.length, 'finding')} for ${event.to}, ${event.round === 0 ? 'which is sealed' : `round ${event.round}`}: ${oneLine(event.findings[0] ?? '')}`,
          );
    case 'feedback-taken':
      return event.unanswered === undefined
        ? detail(`${event.module}: told what ${event.from} found`)
        : news(
            `${event.module}: keeps its pass, and what ${event.from} found is left as it is: ${oneLine(event.unanswered)}`,
          );
    case 'module-sealed':
      return news(`${event.module}: sealed ${event.seal.slice(0, 12)}`);
    case 'seal-adopted':
      return news(`${event.module}: sealed, taken over from run ${event.from}`);
    case 'module-reopened':
      return news(`${event.module}: reopened by ${who(event.by)}: ${oneLine(event.reason)}`);
    case 'module-escalated':
      return alert(
        `${event.module} needs you: ${escalationWords[event.reason]}: ${oneLine(event.message)}`,
      );
    case 'module-abandoned':
      return alert(`${event.module}: abandoned: ${oneLine(event.reason)}`);
    case 'integration-started':
      return detail(`tier ${event.tier}: being judged`);
    case 'tier-integrated':
      return news(`tier ${event.tier}: integrated`);
    case 'integration-failed':
      return news(
        `${nodeName(event.gate)}: ${oneLine(event.check, 60)} failed between ${listed(event.between)}; ${event.blamed} is reopened: ${oneLine(event.reason)}`,
      );
    case 'gate-started':
      return detail(`gate ${event.gate}: being judged`);
    case 'gate-passed':
      return news(`gate ${event.gate}: passed`);
    case 'gate-blocked':
      return alert(`${nodeName(event.gate)} needs you: ${oneLine(event.message, 300)}`);
    case 'approval-requested':
      return alert(`${nodeName(nodeRef('gate', event.gate))} needs you: approve or reject it`);
    case 'approval-given':
      return news(`gate ${event.gate}: approved by ${who(event.by)}${noted(event.note)}`);
    case 'approval-refused':
      return alert(`gate ${event.gate}: refused by ${who(event.by)}${noted(event.note)}`);
    case 'check-unstable':
      return alert(
        `${nodeName(event.gate)}: ${oneLine(event.check, 60)} gave two outcomes for the same files`,
      );
    case 'conflict-detected':
      return news(`conflict ${event.conflict}: ${oneLine(event.about, 300)}`);
    case 'dispute-opened':
      return detail(`${event.module}: disputed, to be decided ${ruleWords[event.rule]}`);
    case 'arbitration-started':
      return detail(`${event.module}: an arbiter looks at conflict ${event.conflict}`);
    case 'arbitration-failed':
      return news(
        `${event.module}: no arbiter decided conflict ${event.conflict}: ${oneLine(event.message)}`,
      );
    case 'conflict-resolved':
      return news(
        `conflict ${event.conflict}: ${decisionWords[event.decided]}, ${ruleWords[event.rule]}${
          event.rule === 'person' ? ` (${who(event.by)})` : ''
        }: ${oneLine(event.reason)}`,
      );
    case 'budget-exhausted':
      return event.module === null
        ? alert(`${budgetName(scopeOfExhaustion(event))} is used up (${unitWords[event.what]})`)
        : news(`${event.module}: its budget is used up (${unitWords[event.what]})`);
    case 'handoff-requested':
    case 'handoff-accepted':
    case 'handoff-delivered':
    case 'handoff-received':
    case 'handoff-awaited':
    case 'handoff-withdrawn':
      return handoffHappening(event);
    case 'module-resumed':
      return event.after === undefined
        ? news(`${event.module}: goes on with what ${who(event.by)} gave it`)
        : news(`${event.module}: goes on, for the contract of ${event.after} was amended`);
    case 'provider-failed': {
      const { provider, pool = null, code, message, restMs } = event;
      const next = restMs === 0 ? '' : `; tried again in ${duration(restMs)}`;
      return alert(
        `${pool ?? 'agents'} of ${oneLine(provider, 60)} are waited for: it ${troubleOf(code, pool)}: ${oneLine(message)}${next}`,
      );
    }
    case 'provider-wait-ended': {
      const whose = event.by === null ? '' : `, as ${who(event.by)} wants it`;
      return detail(`${oneLine(event.provider, 60)} is tried again${whose}`);
    }
    case 'provider-tried':
      return detail(`${nodeName(event.for)} tries whether ${oneLine(event.provider, 60)} serves`);
    case 'provider-answered':
      return news(`${oneLine(event.provider, 60)} serves again`);
    case 'agents-switched':
      return news(
        `${event.pool} come from ${agentsWords(event)} from here on, by ${who(event.by)}`,
      );
    case 'agent-used':
    case 'budget-reserved':
    case 'budget-spent':
    case 'delivery-started':
    case 'evaluation-ended':
    case 'integration-ended':
    case 'postmortem-written':
    case 'rest-ended':
    case 'verification-ended':
    case 'verification-started':
      return null;
  }
}

function handoffHappening(event: HandoffEvent): Happening | null {
  const { from, to } = event;
  const what = oneLine(event.items.join(', '), 120);
  switch (event.type) {
    case 'handoff-requested':
      if (event.planned) return null;
      // What is given unasked is told by its delivery.
      return event.by?.module === to ? news(`${to}: asks ${from} for ${what}`) : null;
    case 'handoff-accepted': {
      const { etaMinutes } = event;
      const when = etaMinutes === null ? '' : `, in about ${roughly(etaMinutes * 60_000)}`;
      return detail(`${from}: will give ${to} ${what}${when}`);
    }
    case 'handoff-delivered':
      return news(`${from}: gives ${to} ${event.partial ? 'a part: ' : ''}${what}`);
    case 'handoff-received': {
      const waited =
        event.waitedMs === 0 ? '' : ` after waiting ${duration(event.waitedMs)} for it`;
      return detail(`${to}: has ${what} from ${from}${waited}`);
    }
    case 'handoff-awaited':
      return news(
        `${to}: waited ${duration(event.waitedMs)} for ${what} from ${from}, and goes on without`,
      );
    case 'handoff-withdrawn':
      return news(`${to}: gets no ${what} from ${from}: ${oneLine(event.reason)}`);
  }
}

/** Nobody amends a contract that is not there yet. */
function firstContract({ module, source, by, reason }: ContractAmended): Happening {
  switch (source) {
    case 'plan':
      return detail(`${module}: contract as planned; its tests wait for what it needs`);
    case 'earlier-run':
      return news(`${module}: contract written, taken over from run ${who(by)}`);
    case 'person':
    case 'missing':
    case 'integration':
    case 'exhaustion':
    case 'split':
    case 'dispute':
      return news(`${module}: contract drafted by ${who(by)}: ${oneLine(reason)}`);
  }
}

/** `anthropic`; `anthropic (claude-opus-5-5)` where the model was named. */
const agentsWords = ({ agent, model }: AgentsSwitched): string =>
  `${oneLine(agent, 60)}${model === undefined ? '' : ` (${oneLine(model, 100)})`}`;

const who = (by: string): string => oneLine(by, 60);
const noted = (note: string): string => (note === '' ? '' : `: ${oneLine(note)}`);

import type { RunEvent } from '../events.ts';
import { scopeOfExhaustion } from '../accounts.ts';
import { plural, t } from '../language.ts';
import { evidenceLine } from './evidence-words.ts';
import { escalationWords } from './module-status.ts';
import { conflictHappening } from './happening-conflict.ts';
import { contractHappening } from './happening-contract.ts';
import { handoffHappening } from './happening-handoff.ts';
import { providerHappening } from './happening-provider.ts';
import {
  begunWords,
  deliveredWords,
  findingsWords,
  finishedWords,
  unitWords,
} from './happening-words.ts';
import { nodeName } from './node-words.ts';
import { oneLine } from './safe-text.ts';
import { budgetWords } from './scope-words.ts';
import { alert, detail, news, who, type Happening } from './happening-weight.ts';
import { listed } from './words.ts';

/** An event as people tell it; null for book-keeping that nobody follows. */
export function happening(event: RunEvent): Happening | null {
  switch (event.type) {
    case 'run-started':
      return news(
        plural(
          event.plan.modules.length,
          'run {1} of {2} started: {0} module',
          'run {1} of {2} started: {0} modules',
          event.run,
          event.plan.artifact.name,
        ),
      );
    case 'driver-started':
      return event.driver > 1 ? news(t('another driver has taken the run over')) : null;
    case 'prerequisite-checked':
      return event.passed
        ? detail(t('prerequisite {0} holds', event.name))
        : alert(t('prerequisite {0} failed: {1}', event.name, evidenceLine(event.evidence)));
    case 'prerequisites-missing':
      return alert(
        plural(
          event.names.length,
          'nothing starts: {0} prerequisite missing ({1}); mend that and resume',
          'nothing starts: {0} prerequisites missing ({1}); mend that and resume',
          event.names.join(', '),
        ),
      );
    case 'prerequisites-check-started':
      return news(t('prerequisites are checked again'));
    case 'go-given':
      return news(t('prerequisites hold: work may start'));
    case 'run-paused':
      return news(t('paused by {0}', who(event.by)));
    case 'run-resumed':
      return news(t('resumed by {0}', who(event.by)));
    case 'run-cancelled':
      return alert(t('cancelled by {0}: {1}', who(event.by), oneLine(event.reason)));
    case 'plan-changed':
      return news(t('plan changed by {0}: {1}', who(event.by), oneLine(event.reason)));
    case 'delivered':
      return news(deliveredWords(event.kind, oneLine(event.name)));
    case 'delivery-failed':
      return alert(t('could not be delivered: {0}', oneLine(event.message, 300)));
    case 'run-finished':
      return news(finishedWords(event.outcome, oneLine(event.reason)));
    case 'run-reopened':
      return news(t('run reopened by {0}: {1}', who(event.by), oneLine(event.reason)));
    case 'contract-written':
    case 'contract-refused':
    case 'contract-amended':
    case 'verification-started':
    case 'verification-ended':
    case 'amendment-requested':
    case 'amendment-started':
    case 'amendment-failed':
      return contractHappening(event);
    case 'module-split':
      return news(
        t('{0}: split into {1}: {2}', event.module, listed(event.into), oneLine(event.reason)),
      );
    case 'generation-started':
      return news(begunWords(event.module, event.attempt, event.epoch));
    case 'progress-reported':
      return detail(`${event.module}: ${oneLine(event.says)}`);
    case 'generation-ended': {
      const says = t(
        '{0}: its agent ended ({1}): {2}',
        event.module,
        event.outcome,
        oneLine(event.message),
      );
      return event.outcome === 'aborted' ? detail(says) : news(says);
    }
    case 'submission-received': {
      const problems = event.problems.length;
      const summary = oneLine(event.summary);
      return news(
        problems === 0
          ? t('{0}: handed in: {1}', event.module, summary)
          : plural(
              problems,
              '{1}: handed in ({0} problem with its files): {2}',
              '{1}: handed in ({0} problems with its files): {2}',
              event.module,
              summary,
            ),
      );
    }
    case 'late-result-rejected':
      return news(
        event.module === null
          ? t('came too late and does not count: {0}', oneLine(event.what))
          : t('{0}: came too late and does not count: {1}', event.module, oneLine(event.what)),
      );
    case 'evaluation-started':
      if (event.again)
        return news(t('{0}: judged again, something below it changed', event.module));
      return detail(
        event.confirms
          ? t('{0}: being confirmed', event.module)
          : t('{0}: in review', event.module),
      );
    case 'check-finished':
      return null;
    case 'verdict-given': {
      const why = evidenceLine(event.evidence) || oneLine(event.summary);
      return news(`${nodeName(event.gate)}: ${event.verdict}${why === '' ? '' : `: ${why}`}`);
    }
    case 'module-passed':
      return news(
        event.seal === null
          ? t('{0}: passed, to be confirmed with the real thing', event.module)
          : t('{0}: passed, confirmed; sealed with its set', event.module),
      );
    case 'confirmation-failed':
      return news(
        t('{0}: not confirmed ({1}): {2}', event.module, event.round, evidenceLine(event.evidence)),
      );
    case 'feedback-given':
      return event.findings.length === 0
        ? detail(t('{0}: no findings for {1}', event.from, event.to))
        : news(findingsWords(event));
    case 'feedback-taken':
      return event.unanswered === undefined
        ? detail(t('{0}: told what {1} found', event.module, event.from))
        : news(
            t(
              '{0}: keeps its pass, and what {1} found is left as it is: {2}',
              event.module,
              event.from,
              oneLine(event.unanswered),
            ),
          );
    case 'module-sealed':
      return news(t('{0}: sealed {1}', event.module, event.seal.slice(0, 12)));
    case 'seal-adopted':
      return news(t('{0}: sealed, taken over from run {1}', event.module, event.from));
    case 'module-reopened':
      return news(
        t('{0}: reopened by {1}: {2}', event.module, who(event.by), oneLine(event.reason)),
      );
    case 'module-escalated':
      return alert(
        t(
          '{0} needs you: {1}: {2}',
          event.module,
          escalationWords(event.reason),
          oneLine(event.message),
        ),
      );
    case 'module-abandoned':
      return alert(t('{0}: abandoned: {1}', event.module, oneLine(event.reason)));
    case 'integration-started':
      return detail(t('tier {0}: being judged', event.tier));
    case 'tier-integrated':
      return news(t('tier {0}: integrated', event.tier));
    case 'integration-failed':
      return news(
        t(
          '{0}: {1} failed between {2}; {3} is reopened: {4}',
          nodeName(event.gate),
          oneLine(event.check, 60),
          listed(event.between),
          event.blamed,
          oneLine(event.reason),
        ),
      );
    case 'gate-started':
      return detail(t('gate {0}: being judged', event.gate));
    case 'gate-passed':
      return news(t('gate {0}: passed', event.gate));
    case 'gate-blocked':
      return alert(t('{0} needs you: {1}', nodeName(event.gate), oneLine(event.message, 300)));
    case 'approval-requested':
      return alert(t('gate {0} needs you: approve or reject it', event.gate));
    case 'approval-given':
      return news(noted(t('gate {0}: approved by {1}', event.gate, who(event.by)), event.note));
    case 'approval-refused':
      return alert(noted(t('gate {0}: refused by {1}', event.gate, who(event.by)), event.note));
    case 'check-unstable':
      return alert(
        t(
          '{0}: {1} gave two outcomes for the same files',
          nodeName(event.gate),
          oneLine(event.check, 60),
        ),
      );
    case 'conflict-detected':
    case 'dispute-opened':
    case 'arbitration-started':
    case 'arbitration-failed':
    case 'conflict-resolved':
      return conflictHappening(event);
    case 'budget-exhausted':
      return event.module === null
        ? alert(
            t('{0} is used up ({1})', budgetWords(scopeOfExhaustion(event)), unitWords(event.what)),
          )
        : news(t('{0}: its budget is used up ({1})', event.module, unitWords(event.what)));
    case 'handoff-requested':
    case 'handoff-accepted':
    case 'handoff-delivered':
    case 'handoff-received':
    case 'handoff-awaited':
    case 'handoff-withdrawn':
      return handoffHappening(event);
    case 'module-resumed':
      return event.after === undefined
        ? news(t('{0}: goes on with what {1} gave it', event.module, who(event.by)))
        : news(t('{0}: goes on, for the contract of {1} was amended', event.module, event.after));
    case 'insights-given':
      return detail(
        plural(
          event.notes.length,
          '{1}: given {0} insight of earlier runs',
          '{1}: given {0} insights of earlier runs',
          event.module,
        ),
      );
    case 'provider-failed':
    case 'provider-wait-ended':
    case 'provider-tried':
    case 'provider-answered':
    case 'agents-switched':
      return providerHappening(event);
    case 'agent-used':
    case 'budget-reserved':
    case 'budget-spent':
    case 'delivery-started':
    case 'evaluation-ended':
    case 'integration-ended':
    case 'postmortem-written':
    case 'rest-ended':
      return null;
  }
}

const noted = (says: string, note: string): string =>
  note === '' ? says : `${says}: ${oneLine(note)}`;

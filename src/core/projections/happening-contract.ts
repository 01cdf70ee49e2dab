import type { ContractAmended, ContractEvent } from '../events/contract.ts';
import { plural, t } from '../language.ts';
import { evidenceLine } from './evidence-words.ts';
import { oneLine } from './safe-text.ts';
import { alert, detail, news, who, type Happening } from './happening-weight.ts';

/** What happened to a contract; null for the listing of its tests. */
export function contractHappening(event: ContractEvent): Happening | null {
  switch (event.type) {
    case 'contract-written':
      return event.version === 1
        ? event.source === 'missing'
          ? news(
              plural(
                event.tests,
                '{1}: contract written, {0} test',
                '{1}: contract written, {0} tests',
                event.module,
              ),
            )
          : null
        : news(
            plural(
              event.tests,
              '{1}: contract v{2} stands, {0} test',
              '{1}: contract v{2} stands, {0} tests',
              event.module,
              event.version,
            ),
          );
    case 'contract-refused':
      return alert(
        t(
          '{0}: contract v{1} refused ({2}) {3}',
          event.module,
          event.version,
          event.code,
          evidenceLine(event.evidence),
        ).trim(),
      );
    case 'contract-amended':
      if (event.version === 1) return firstContract(event);
      return news(
        t(
          '{0}: contract amended to v{1} by {2}: {3}',
          event.module,
          event.version,
          who(event.by),
          oneLine(event.reason),
        ),
      );
    case 'amendment-requested':
      if (event.source === 'split') {
        return news(t('{0}: to be split: {1}', event.module, oneLine(event.reason)));
      }
      return news(
        t('{0}: its contract is put in question: {1}', event.module, oneLine(event.reason)),
      );
    case 'amendment-started':
      return detail(t('{0}: a planner writes contract v{1}', event.module, event.version));
    case 'amendment-failed':
      return news(
        t('{0}: its planner wrote no contract: {1}', event.module, oneLine(event.message)),
      );
    case 'verification-started':
    case 'verification-ended':
      return null;
  }
}

/** Nobody amends a contract that is not there yet. */
function firstContract({ module, source, by, reason }: ContractAmended): Happening {
  switch (source) {
    case 'plan':
      return detail(t('{0}: contract as planned; its tests wait for what it needs', module));
    case 'earlier-run':
      return news(t('{0}: contract written, taken over from run {1}', module, who(by)));
    case 'person':
    case 'missing':
    case 'integration':
    case 'exhaustion':
    case 'split':
    case 'dispute':
      return news(t('{0}: contract drafted by {1}: {2}', module, who(by), oneLine(reason)));
  }
}

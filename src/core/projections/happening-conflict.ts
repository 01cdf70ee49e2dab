import type { ConflictEvent } from '../events/conflict.ts';
import { t } from '../language.ts';
import { decisionWords, ruleWords } from './conflicts.ts';
import { oneLine } from './safe-text.ts';
import { detail, news, who, type Happening } from './happening-weight.ts';

/** Who is at odds about what, and how it was decided. */
export function conflictHappening(event: ConflictEvent): Happening {
  switch (event.type) {
    case 'conflict-detected':
      return news(t('conflict {0}: {1}', event.conflict, oneLine(event.about, 300)));
    case 'dispute-opened':
      return detail(t('{0}: disputed, to be decided {1}', event.module, ruleWords(event.rule)));
    case 'arbitration-started':
      return detail(t('{0}: an arbiter looks at conflict {1}', event.module, event.conflict));
    case 'arbitration-failed':
      return news(
        t(
          '{0}: no arbiter decided conflict {1}: {2}',
          event.module,
          event.conflict,
          oneLine(event.message),
        ),
      );
    case 'conflict-resolved':
      return news(
        t(
          'conflict {0}: {1}, {2}: {3}',
          event.conflict,
          decisionWords(event.decided),
          event.rule === 'person'
            ? `${ruleWords(event.rule)} (${who(event.by)})`
            : ruleWords(event.rule),
          oneLine(event.reason),
        ),
      );
  }
}

import type { HandoffEvent } from '../events/handoff.ts';
import { t } from '../language.ts';
import { oneLine } from './safe-text.ts';
import { detail, news, type Happening } from './happening-weight.ts';
import { duration, roughly } from './words.ts';

/** What happened to a handoff; null for what the plan foresaw. */
export function handoffHappening(event: HandoffEvent): Happening | null {
  const { from, to } = event;
  const what = oneLine(event.items.join(', '), 120);
  switch (event.type) {
    case 'handoff-requested':
      if (event.planned) return null;
      // What is given unasked is told by its delivery.
      return event.by?.module === to ? news(t('{0}: asks {1} for {2}', to, from, what)) : null;
    case 'handoff-accepted': {
      const { etaMinutes } = event;
      const says = t('{0}: will give {1} {2}', from, to, what);
      return detail(
        etaMinutes === null ? says : t('{0}, in about {1}', says, roughly(etaMinutes * 60_000)),
      );
    }
    case 'handoff-delivered':
      return news(
        event.partial
          ? t('{0}: gives {1} a part: {2}', from, to, what)
          : t('{0}: gives {1} {2}', from, to, what),
      );
    case 'handoff-received': {
      return detail(
        event.waitedMs === 0
          ? t('{0}: has {1} from {2}', to, what, from)
          : t(
              '{0}: has {1} from {2} after waiting {3} for it',
              to,
              what,
              from,
              duration(event.waitedMs),
            ),
      );
    }
    case 'handoff-awaited':
      return news(
        t(
          '{0}: waited {1} for {2} from {3}, and goes on without',
          to,
          duration(event.waitedMs),
          what,
          from,
        ),
      );
    case 'handoff-withdrawn':
      return news(t('{0}: gets no {1} from {2}: {3}', to, what, from, oneLine(event.reason)));
  }
}

import { parseNodeRef } from '../../core/ids.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';

/** How something that needs a person is headed: its name, and what kind of thing it is. */
export interface NeedHeading {
  /** Tells it from all others while it lasts. */
  readonly key: string;
  readonly name: string;
  readonly kind: string;
}

export function needHeading(need: NeedsYou): NeedHeading {
  switch (need.kind) {
    case 'approval':
      return { key: `gate:${need.gate}`, name: need.gate, kind: 'approval gate' };
    case 'refused':
      return { key: `gate:${need.gate}`, name: need.gate, kind: 'refused gate' };
    case 'escalated':
      return { key: `module:${need.module}`, name: need.module, kind: 'module' };
    case 'blocked': {
      const { kind, id } = parseNodeRef(need.gate);
      return { key: need.gate, name: id, kind: kind === 'tier' ? 'tier gate' : 'end-to-end gate' };
    }
    case 'undelivered':
      return { key: need.kind, name: 'Delivery', kind: 'of the result' };
    case 'budget':
      return { key: need.kind, name: 'Budget', kind: 'of the run' };
    case 'paused':
      return { key: need.kind, name: 'Pause', kind: 'of the run' };
  }
}

/** What a person can do about it, where a button alone does not say. */
export function needAdvice(need: NeedsYou): string {
  switch (need.kind) {
    case 'approval':
    case 'paused':
    case 'budget':
      return '';
    case 'refused':
      return 'Reopen a module that must change; the gate then asks again. Or approve it after all.';
    case 'escalated':
      return need.sealed
        ? 'Reopen it with an amended contract; its builder then begins afresh.'
        : 'Amend its contract; a fresh builder then takes it up.';
    case 'blocked':
      return 'Reopen the module that must change; what stands on it is then judged again.';
    case 'undelivered':
      return 'Mend the cause, then resume the run: it delivers again.';
  }
}

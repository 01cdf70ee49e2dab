import { t } from '../../core/language.ts';
import type { Digest, GateId } from '../../core/ids.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';

/** What a gate asks a person about. */
export interface AskedGate {
  readonly gate: GateId;
  readonly submission: Digest;
}

/** What is told once: a need of a run, or several that came up together. */
export interface Notice {
  readonly says: string;
  /** Gates in it that can be approved, and what exactly each asks about. */
  readonly approvals: readonly AskedGate[];
  /** Something in it is a provider that can be tried again. */
  readonly canRetry: boolean;
}

/** What was told of runs, the latest last; kept so that a reload does not tell it again. */
export type Told = readonly { readonly run: string; readonly needs: readonly string[] }[];

/** A person goes back and forth between a few runs, not among all that ever were. */
const mostRuns = 20;

export const toldOf = (told: Told, run: string): readonly string[] =>
  told.find((each) => each.run === run)?.needs ?? [];

export function withTold(told: Told, run: string, needs: readonly string[]): Told {
  const others = told.filter((each) => each.run !== run);
  return (needs.length === 0 ? others : [...others, { run, needs }]).slice(-mostRuns);
}

/** A need by what it is about: another submission at the same gate is another need. */
function needKey(need: NeedsYou): string {
  const { kind, since } = need;
  switch (kind) {
    case 'approval':
    case 'refused':
      return `${kind} ${need.gate} ${need.subject}`;
    case 'escalated':
      return `${kind} ${need.module} ${since ?? ''}`;
    case 'blocked':
      return `${kind} ${need.gate} ${since ?? ''}`;
    case 'prerequisites':
      return `${kind} ${since ?? ''}`;
    case 'provider':
      return `${kind} ${need.provider} ${need.pools.join(' ')} ${since ?? ''}`;
    case 'undelivered':
    case 'budget':
    case 'paused':
      return kind;
  }
}

/** What a person has just done themselves is no news to them. */
const isNews = ({ kind }: NeedsYou): boolean => kind !== 'paused' && kind !== 'refused';

/**
 * What to tell now, given what was told before, and what counts as told from now on. A need that
 * went away is forgotten: if it comes back, it is news again.
 */
export function nextNotice(
  told: readonly string[],
  needs: readonly NeedsYou[],
): { readonly told: readonly string[]; readonly notice: Notice | null } {
  const open = needs.filter(isNews);
  const fresh = open.filter((need) => !told.includes(needKey(need)));
  const [first] = fresh;
  const more = fresh.length > 1 ? [t('And {0} more.', fresh.length - 1)] : [];
  return {
    told: open.map(needKey),
    notice:
      first === undefined
        ? null
        : {
            says: [`${first.says}.`, ...more].join(' '),
            approvals: fresh.flatMap((need) =>
              need.kind === 'approval' ? [{ gate: need.gate, submission: need.subject }] : [],
            ),
            canRetry: fresh.some(({ kind }) => kind === 'provider'),
          },
  };
}

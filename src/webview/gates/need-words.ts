import { t } from '../../core/language.ts';
import { parseNodeRef } from '../../core/ids.ts';
import type { NeedsYou } from '../../core/projections/needs-you.ts';
import { budgetWords } from '../../core/projections/scope-words.ts';
import { upperFirst } from '../../core/projections/words.ts';

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
      return { key: `gate:${need.gate}`, name: need.gate, kind: t('approval gate') };
    case 'refused':
      return { key: `gate:${need.gate}`, name: need.gate, kind: t('refused gate') };
    case 'escalated':
      return { key: `module:${need.module}`, name: need.module, kind: t('module') };
    case 'blocked': {
      const { kind, id } = parseNodeRef(need.gate);
      return {
        key: need.gate,
        name: id,
        kind: kind === 'tier' ? t('tier gate') : t('end-to-end gate'),
      };
    }
    case 'prerequisites':
      return { key: need.kind, name: t('Prerequisites'), kind: t('missing') };
    case 'undelivered':
      return { key: need.kind, name: t('Delivery'), kind: t('failed') };
    case 'budget':
      return {
        key: `budget:${need.scope}`,
        name: upperFirst(budgetWords(need.scope)),
        kind: t('used up'),
      };
    case 'provider':
      return {
        key: `provider:${need.provider} ${need.pools.join(' ')}`,
        name: need.provider,
        kind: t('agent provider'),
      };
    case 'paused':
      return { key: need.kind, name: t('Run'), kind: t('paused') };
  }
}

/** What is the matter, under a heading that gives its name. */
export function needSays(need: NeedsYou): string {
  const { says } = need;
  const prefix = need.kind === 'escalated' ? `${need.module}: ` : '';
  const rest = says.startsWith(prefix) ? says.slice(prefix.length) : says;
  // A provider's name is its own, and spelled as it is: `vscode-lm`.
  const begun = need.kind === 'provider' ? rest : upperFirst(rest);
  return `${begun}.`;
}

/** What a person can do about it, where a button alone does not say. */
export function needAdvice(need: NeedsYou): string {
  switch (need.kind) {
    case 'approval':
    case 'paused':
    case 'budget':
      return '';
    case 'refused':
      return t(
        'Reopen a module that must change; the gate then asks again. Or approve it after all.',
      );
    case 'escalated':
      return escalatedAdvice(need);
    case 'blocked':
      return t('Reopen the module that must change; what stands on it is then judged again.');
    case 'prerequisites':
      return t('Mend what is missing, then check again: nothing starts before all of them hold.');
    case 'provider':
      return need.code === 'no-model'
        ? t(
            'Switch to a model that it has, or to another provider; or mend that, then have it tried again.',
          )
        : t(
            'Mend what it complains of, then have it tried again; or take the agents from another provider.',
          );
    case 'undelivered':
      return t('Mend the cause, then resume the run: it delivers again.');
  }
}

function escalatedAdvice({
  sealed,
  exhausted,
  dispute,
}: Extract<NeedsYou, { readonly kind: 'escalated' }>): string {
  if (dispute !== null) return t('Say whether what was judged stands; the module then goes on.');
  const amend = sealed
    ? t('reopen it with an amended contract; its builder then begins afresh')
    : t('amend its contract; a fresh builder then takes it up');
  if (exhausted !== null)
    return t('Raise its budget, and it goes on under its contract. Or {0}.', amend);
  return `${upperFirst(amend)}.`;
}

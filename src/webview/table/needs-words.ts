import { modulePlan } from '../../core/graph.ts';
import { parseNodeRef } from '../../core/ids.ts';
import { t } from '../../core/language.ts';
import type { RunState } from '../../core/state.ts';

/** `lexer, parser (soft), bench (resource)`: what a module needs; hard needs are told without a word. */
export function needsWords({ plan }: RunState, node: number): string {
  const { needs, resources } = modulePlan(plan, node);
  const said = needs.map(({ kind, on }) => {
    const { id } = parseNodeRef(on);
    return kind === 'hard' ? id : `${id} (${kind === 'soft' ? t('soft') : t('feedback')})`;
  });
  return [...said, ...resources.map(({ resource }) => `${resource} (${t('resource')})`)].join(', ');
}

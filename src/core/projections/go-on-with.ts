import { modulePlan } from '../graph.ts';
import { handoffsAt } from '../handoff.ts';
import type { ModuleId } from '../ids.ts';
import { t } from '../language.ts';
import { moduleNode } from '../lookup.ts';
import type { RunState } from '../state.ts';
import { oneLine } from './safe-text.ts';

const shown = 6;

/**
 * What a builder can go on with inside its own module while something is on its way from another:
 * the other's stub, its own contract, tests and checks, the paths that it owns and that the request
 * does not name, and what was handed to it already.
 */
export function goOnWith(
  state: RunState,
  {
    from,
    to,
    items,
  }: { readonly from: ModuleId; readonly to: ModuleId; readonly items: readonly string[] },
): string[] {
  const node = moduleNode(state, to);
  const own = modulePlan(state.plan, node);
  const other = modulePlan(state.plan, moduleNode(state, from));
  const asked = items.join('\n').toLowerCase();
  const owned = own.owns.filter((path) => !asked.includes(path.toLowerCase()));
  const has = handoffsAt(state, state.exchanges.get(node).has);
  const given = has.map(
    ({ from: sender, content }) => `${sender}: ${content?.items.join(', ') ?? ''}`,
  );
  const said = (say: (list: string) => string, list: readonly string[]): string[] => {
    if (list.length === 0) return [];
    const names = list.slice(0, shown).join(', ');
    const more = list.length - shown;
    return [oneLine(say(more > 0 ? t('{0} and {1} more', names, more) : names), 300)];
  };
  return [
    ...said((list) => t('the stub of {0}: {1}', from, list), other.contract.stub),
    ...said((list) => t('its own tests: {0}', list), own.contract.tests),
    ...said(
      (list) => t('its own checks: {0}', list),
      own.checks.map(({ name }) => name),
    ),
    ...said((list) => t('what it owns: {0}', list), owned),
    ...said((list) => t('what it was handed already: {0}', list), given.slice(-shown)),
  ];
}

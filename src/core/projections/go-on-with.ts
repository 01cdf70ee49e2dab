import { modulePlan } from '../graph.ts';
import { handoffsAt } from '../handoff.ts';
import type { ModuleId } from '../ids.ts';
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
  const said = (what: string, list: readonly string[]): string[] => {
    if (list.length === 0) return [];
    const more = list.length > shown ? ` and ${list.length - shown} more` : '';
    return [oneLine(`${what} ${list.slice(0, shown).join(', ')}${more}`, 300)];
  };
  return [
    ...said(`the stub of ${from}:`, other.contract.stub),
    ...said('its own tests:', own.contract.tests),
    ...said(
      'its own checks:',
      own.checks.map(({ name }) => name),
    ),
    ...said('what it owns:', owned),
    ...said('what it was handed already:', given.slice(-shown)),
  ];
}

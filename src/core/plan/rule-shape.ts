import { nodeRef, type ModuleId } from '../ids.ts';
import { issue, type Issue } from './issue.ts';
import { phrase, type Phrase } from '../phrase.ts';
import { planGraphWithSoft, reachable } from './plan-graph.ts';
import type { Plan } from './plan.ts';

/** What fits on one screen. */
const maxCards = 40;

/** Tiers fold the modules, every module comes together with others, and something judges the whole. */
export function shapeIssues(plan: Plan): Issue[] {
  return [...twice(plan), ...unfolded(plan), ...unjudged(plan), ...apart(plan)];
}

function twice(plan: Plan): Issue[] {
  const tierOf = new Map<ModuleId, string>();
  return plan.tiers.flatMap(({ id, modules }) =>
    modules.flatMap((module, index) => {
      const other = tierOf.get(module);
      tierOf.set(module, other ?? id);
      if (other === undefined) return [];
      const message = phrase('module {0} is in tier {1} and again in tier {2}', module, other, id);
      return [issue('in-two-tiers', ['tiers', id, 'modules', index], message)];
    }),
  );
}

function unfolded(plan: Plan): Issue[] {
  if (plan.modules.length <= maxCards) return [];
  const included = new Set(plan.tiers.flatMap(({ includes }) => includes));
  const inTier = new Set(plan.tiers.flatMap(({ modules }) => modules));
  const top =
    plan.tiers.filter(({ id }) => !included.has(id)).length +
    plan.modules.filter(({ id }) => !inTier.has(id)).length;
  const tooMany = (path: readonly string[], says: Phrase): Issue =>
    issue('too-many-modules', path, says);
  return [
    ...(top > maxCards
      ? [
          tooMany(
            ['modules'],
            phrase(
              'the plan, its tiers folded, shows {0} cards; one screen shows {1}',
              top,
              maxCards,
            ),
          ),
        ]
      : []),
    ...plan.tiers
      .map(({ id, includes, modules }) => ({ id, cards: includes.length + modules.length }))
      .filter(({ cards }) => cards > maxCards)
      .map(({ id, cards }) =>
        tooMany(
          ['tiers', id],
          phrase('tier {0} shows {1} cards; one screen shows {2}', id, cards, maxCards),
        ),
      ),
  ];
}

function unjudged(plan: Plan): Issue[] {
  const judged = plan.gates.some((gate) => gate.kind === 'end-to-end' && gate.checks.length > 0);
  if (judged) return [];
  const gate = plan.gates.find(({ kind }) => kind === 'end-to-end');
  const path = gate === undefined ? ['gates'] : ['gates', gate.id];
  const message =
    gate === undefined
      ? phrase('no end-to-end gate judges the whole artifact')
      : phrase('the end-to-end gate {0} has no check', gate.id);
  return [issue('no-end-to-end-gate', path, message)];
}

function apart(plan: Plan): Issue[] {
  const inTier = new Set(plan.tiers.flatMap(({ modules }) => modules));
  const gates = plan.gates.filter(({ kind }) => kind === 'end-to-end');
  // What something only needs softly is sealed before that is, and composed with it.
  const judged = reachable(
    planGraphWithSoft(plan),
    gates.map(({ id }) => nodeRef('gate', id)),
  );
  return plan.modules
    .filter(({ id }) => !inTier.has(id) && !judged.has(nodeRef('module', id)))
    .map(({ id }) =>
      issue(
        'never-integrated',
        ['modules', id],
        phrase('module {0} is in no tier, and no end-to-end gate requires it', id),
      ),
    );
}

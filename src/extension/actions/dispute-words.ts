import { t } from '../../core/language.ts';
import type { ConflictState, Ruling } from '../../core/conflict.ts';
import { evidenceLine } from '../../core/projections/evidence-words.ts';
import { nodeName } from '../../core/projections/node-words.ts';
import { listed } from '../../core/projections/words.ts';
import { plainLabel } from '../native/shown-text.ts';

/** A ruling as the editor's list offers it. */
export interface RulingChoice {
  readonly label: string;
  readonly description: string;
  readonly ruling: Ruling;
}

/** What a dispute is about, in the words of whoever began it, before a person decides it. */
export function disputeWords({ about, parties, evidence }: ConflictState): string {
  const others = parties.slice(1).map(nodeName);
  const between = others.length === 0 ? [] : [t('Between it and {0}.', listed(others))];
  const found = evidenceLine(evidence);
  const says = [about, ...between, ...(found === '' ? [] : [t('Found: {0}', found)])];
  return plainLabel(says.join(' '), 600);
}

/** What each ruling leads to: what upholding means depends on what would follow without the dispute. */
export function rulingChoices(
  { kind, ifUpheld }: ConflictState,
  rulings: readonly Ruling[],
): RulingChoice[] {
  return rulings.map((ruling) => ({ ruling, ...wordsOf(ruling, kind, ifUpheld) }));
}

function wordsOf(
  ruling: Ruling,
  kind: ConflictState['kind'],
  ifUpheld: ConflictState['ifUpheld'],
): Omit<RulingChoice, 'ruling'> {
  switch (ruling) {
    case 'uphold': {
      const passes = ifUpheld === 'pass';
      const description =
        kind === 'tests-disputed'
          ? passes
            ? t('the tests stand; the module passes')
            : t('the tests stand; a builder revises the module')
          : passes
            ? t('what was judged stands; the module passes')
            : t('what was judged stands; a builder revises the module');
      return { label: t('Uphold'), description };
    }
    case 'overturn':
      return {
        label: t('Overturn'),
        description: t('every check passed, and that decides; the module passes'),
      };
    case 'amend':
      return {
        label: t('Amend'),
        description: t('the contract is at fault; a planner writes a new version'),
      };
  }
}

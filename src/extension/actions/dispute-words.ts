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
  const between = others.length === 0 ? '' : ` Between it and ${listed(others)}.`;
  const found = evidenceLine(evidence);
  return plainLabel(`${about}${between}${found === '' ? '' : ` Found: ${found}`}`, 600);
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
      const stands = kind === 'tests-disputed' ? 'the tests stand' : 'what was judged stands';
      const follows = ifUpheld === 'pass' ? 'the module passes' : 'a builder revises the module';
      return { label: 'Uphold', description: `${stands}; ${follows}` };
    }
    case 'overturn':
      return {
        label: 'Overturn',
        description: 'every check passed, and that decides; the module passes',
      };
    case 'amend':
      return {
        label: 'Amend',
        description: 'the contract is at fault; a planner writes a new version',
      };
  }
}

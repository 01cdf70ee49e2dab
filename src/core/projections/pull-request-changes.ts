import type { Account } from './account-shape.ts';
import { sourceWords } from './amendment-words.ts';
import { conflictKindWords, decisionWords, ruleWords } from './conflicts.ts';
import { forgeLine } from './forge-text.ts';
import type { Bounds } from './pull-request.ts';

/** Contracts that were amended, seals that were opened again, conflicts and what decided them. */
export function changesMade(
  { amendments, reopenings, conflicts }: Account,
  { rows, chars }: Bounds,
): string[] {
  const lines = [
    ...amendments.map(
      ({ module, version, source, reason, by }) =>
        `- \`${module}\` got version ${version} of its contract (${sourceWords(source)}), by ${forgeLine(by, 60)}: ${forgeLine(reason, chars)}`,
    ),
    // A seal that an amendment opened is told with that.
    ...reopenings
      .filter(({ cause }) => cause === 'rejudgement')
      .map(({ module, reason }) => {
        return `- \`${module}\` was opened again, for it failed when it was judged again: ${forgeLine(reason, chars)}`;
      }),
    ...conflicts.map(({ kind, about, rule, decision, reason }) => {
      // That the newest version counts has the reason of the amendment.
      const why = kind === 'stale-contract' ? '' : `: ${forgeLine(reason, chars)}`;
      const decided =
        rule === null || decision === null
          ? 'never decided'
          : `${decisionWords(decision)} ${ruleWords(rule)}${why}`;
      return `- ${conflictKindWords(kind)} (${forgeLine(about, chars)}): ${decided}`;
    }),
  ];
  return told('## Changes of contracts, and conflicts', lines, rows, [
    'No contract was amended, no seal was opened again, and there was no conflict.',
  ]);
}

/** What gates found before any of it came here. */
export function defectsFound(
  { caughtByEvaluators, caughtByIntegration }: Account,
  { rows, chars }: Bounds,
): string[] {
  const lines = [
    ...caughtByEvaluators.map(({ module, attempt, verdict, summary, evidence, mendedBy }) => {
      const says = evidence[0]?.says ?? summary;
      const mended = mendedBy === null ? 'not mended' : `mended by attempt ${mendedBy}`;
      return `- \`${module}\`, attempt ${attempt}: ${verdict}, ${mended}: ${forgeLine(says, chars)}`;
    }),
    ...caughtByIntegration.map(
      ({ gate, check, blamed, reason }) =>
        `- ${forgeLine(gate, 80)}, check ${forgeLine(check, 60)}: \`${blamed}\` did not fit: ${forgeLine(reason, chars)}`,
    ),
  ];
  return told('## What the gates found', lines, rows, ['Nothing: all passed at first.']);
}

function told(
  heading: string,
  lines: readonly string[],
  rows: number,
  none: readonly string[],
): string[] {
  const left = lines.length - rows;
  const more = left > 0 ? [`- … and ${left} more, which \`ashlar report\` tells of`] : [];
  return [heading, '', ...(lines.length === 0 ? none : [...lines.slice(0, rows), ...more])];
}

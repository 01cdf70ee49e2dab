import { plural, t } from '../../core/language.ts';
import {
  conditionLines,
  patternSays,
  patternWords,
  predictionLines,
} from '../../core/projections/precondition-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { NotSuitable, ProposedPlan } from '../../engine/architect/planned-goal.ts';

/** Why a goal is not built side by side, with what is done instead and the figures of both. */
export function refusalWords({ recommends, reasons, test }: NotSuitable): {
  readonly title: string;
  readonly detail: string;
} {
  const title = t(
    'Building side by side does not fit this goal. Use {0}.',
    patternWords[recommends],
  );
  const said = reasons.map((reason) => oneLine(reason, 600));
  const figures = test === null ? [] : ['', t('Predicted'), ...predictionLines(test)];
  const why = test === null || test.failed.length === 0 ? said : conditionLines(test);
  return { title, detail: [patternSays[recommends], '', ...why, ...figures].join('\n') };
}

/** That a plan was written, in a sentence or two. */
export function proposedWords({ planFile, files, commands, problems }: ProposedPlan): string {
  const wrote =
    files.length === 0
      ? t('Wrote {0} with its design.', planFile)
      : plural(
          files.length,
          'Wrote {1} with its design, and {0} file that it needs.',
          'Wrote {1} with its design, and {0} files that it needs.',
          planFile,
        );
  const next =
    problems.length > 0
      ? plural(
          problems.length,
          'It is not fit yet: {0} problem.',
          'It is not fit yet: {0} problems.',
        )
      : plural(
          commands.length,
          'Read both before you run it: a run of it would carry out {0} command that it names.',
          'Read both before you run it: a run of it would carry out {0} commands that it names.',
        );
  return `${wrote} ${next}`;
}

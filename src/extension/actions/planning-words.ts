import {
  conditionLines,
  patternSays,
  patternWords,
  predictionLines,
} from '../../core/projections/precondition-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import type { NotSuitable, ProposedPlan } from '../../engine/architect/planned-goal.ts';

/** Why a goal is not built side by side, with what is done instead and the figures of both. */
export function refusalWords({ recommends, reasons, test }: NotSuitable): {
  readonly title: string;
  readonly detail: string;
} {
  const title = `Building side by side does not fit this goal. Use ${patternWords[recommends]}.`;
  const said = reasons.map((reason) => oneLine(reason, 600));
  const figures = test === null ? [] : ['', 'Predicted', ...predictionLines(test)];
  const why = test === null || test.failed.length === 0 ? said : conditionLines(test);
  return { title, detail: [patternSays[recommends], '', ...why, ...figures].join('\n') };
}

/** That a plan was written, in a sentence or two. */
export function proposedWords({ planFile, files, commands, problems }: ProposedPlan): string {
  const besides = files.length === 0 ? '' : `, and ${counted(files.length, 'file')} that it needs`;
  const wrote = `Wrote ${planFile} with its design${besides}.`;
  if (problems.length > 0) {
    return `${wrote} It is not fit yet: ${counted(problems.length, 'problem')}.`;
  }
  const runs = `a run of it would carry out ${counted(commands.length, 'command')} that it names`;
  return `${wrote} Read both before you run it: ${runs}.`;
}

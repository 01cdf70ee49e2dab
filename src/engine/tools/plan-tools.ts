import {
  conditionLines,
  patternSays,
  patternWords,
  predictionLines,
} from '../../core/projections/precondition-words.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import type { PlannedGoal } from '../architect/planned-goal.ts';
import { formatDiagnostic, isRefused, type Diagnostic } from '../plan/diagnostic.ts';
import { refused, told, type Tool, type ToolAnswer } from './tool.ts';
import type { Field } from './tool-input.ts';

export const planField: Field = {
  ...{ kind: 'plan', required: true },
  says: 'The plan file, from the workspace, such as compiler.plan.yaml.',
};

const shownDiagnostics = 40;
const shownCommands = 40;

export const checkPlanTool: Tool = {
  ...{ name: 'check_plan', title: 'Check a plan', kind: 'act', fields: { plan: planField } },
  says: 'Holds a plan file against the quality bar and tells each fault with its place and remedy. Starts no run; to see that they decide, the tests of its contracts are run as checks are.',
  async call(world, input, progress) {
    const checked = await world.checkPlan(input.text('plan') ?? '', progress);
    if (!checked.ok) return refused(checked.message);
    const { diagnostics, prepared, notes } = checked;
    const fit = prepared !== null && !isRefused(diagnostics);
    return told([
      fit ? 'The plan is fit to be run' : 'The plan is refused',
      ...diagnosticLines(diagnostics),
      ...notes.map((note) => `note: ${oneLine(note, 400)}`),
    ]);
  },
};

export const planTool: Tool = {
  ...{ name: 'plan', title: 'Plan a goal', kind: 'act' },
  fields: {
    goal: {
      kind: 'text',
      required: true,
      says: 'What is to be built, in the words of the person.',
    },
    name: {
      ...{ kind: 'name', required: false },
      says: 'What the plan is called; left out: by its artifact.',
    },
    answers: {
      ...{ kind: 'texts', required: false },
      says: "The person's answers to the questions that an earlier call came back with, in their order.",
    },
  },
  says: 'Has planner agents propose a plan file for a goal, with its design beside it. It takes minutes and costs money; nothing of the plan is run. It may come back with questions: ask the person, and call it again with the answers.',
  async call(world, input, progress) {
    const planned = await world.planGoal(
      {
        goal: input.text('goal') ?? '',
        name: input.text('name'),
        answers: input.texts('answers'),
      },
      progress,
    );
    return plannedAnswer(planned);
  },
};

function plannedAnswer(planned: PlannedGoal): ToolAnswer {
  const spent = `Planning cost ${planned.spent.tokens} tokens, $${(planned.spent.microUsd / 1_000_000).toFixed(2)}`;
  switch (planned.kind) {
    case 'failed':
      return refused(planned.message === '' ? 'planning was interrupted' : planned.message);
    case 'questions':
      return told([
        'The goal leaves open what decides the plan. Ask the person, then call this again with the answers in this order:',
        ...planned.questions.flatMap(({ question, options }, index) => [
          `${index + 1}. ${oneLine(question, 500)}`,
          ...options.map((option) => `   - ${oneLine(option)}`),
        ]),
        spent,
      ]);
    case 'unsuitable':
      return told([
        `Building side by side does not fit this goal; use ${patternWords[planned.recommends]}`,
        patternSays[planned.recommends],
        ...(planned.test === null
          ? planned.reasons.slice(0, 10).map((reason) => `says: ${oneLine(reason, 600)}`)
          : [...conditionLines(planned.test), ...predictionLines(planned.test)]),
        spent,
      ]);
    case 'proposed': {
      const { planFile, designFile, files, summary, test, commands, diagnostics, problems } =
        planned;
      const left = commands.length - shownCommands;
      const answer = told([
        `Wrote ${[planFile, designFile, ...files].map((file) => oneLine(file)).join(', ')}`,
        ...(summary === '' ? [] : [`says: ${oneLine(summary, 1_000)}`]),
        ...predictionLines(test),
        ...(commands.length === 0 ? [] : ['A run of it would carry out:']),
        ...commands.slice(0, shownCommands).map((command) => `  ${oneLine(command, 300)}`),
        ...(left > 0 ? [`  … and ${left} more`] : []),
        ...diagnosticLines(diagnostics),
        ...(problems.length === 0
          ? ['The person should read the design before a run is started']
          : [`The plan is not fit yet: ${counted(problems.length, 'problem')}`]),
        spent,
      ]);
      return { ...answer, plan: planFile };
    }
  }
}

function diagnosticLines(diagnostics: readonly Diagnostic[]): string[] {
  const left = diagnostics.length - shownDiagnostics;
  return [
    ...diagnostics.slice(0, shownDiagnostics).map(formatDiagnostic),
    ...(left > 0 ? [`… and ${left} more`] : []),
  ];
}

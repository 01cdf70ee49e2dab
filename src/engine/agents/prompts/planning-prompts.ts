import { oneLine, onePage } from '../../../core/projections/safe-text.ts';
import { conditionNames } from '../../../core/plan/assessment.ts';
import type { ArchitectTask, PreconditionTask, ScoutTask } from '../task.ts';
import { header } from './parts.ts';
import { assemblePrompt, data, words, type Part, type Prompt, type RolePrompt } from './prompt.ts';
import { rolePrompts } from './role-prompts.ts';

/** A plan that is to be mended is shown as far as a model can hold it in view. */
const maxPlanChars = 100_000;
const maxProblemChars = 24_000;

export function scoutPrompt({ goal, question, scout }: ScoutTask): Prompt {
  return planningPrompt(rolePrompts.scout, [
    header({ Role: 'scout', Scout: scout, 'Your question': question }),
    words('Your folder holds the files as they are. What somebody wants built:'),
    data('goal', onePage(goal)),
  ]);
}

export function preconditionPrompt(task: PreconditionTask): Prompt {
  return planningPrompt(rolePrompts.precondition, [
    header({ Role: 'architect', Work: 'test the three conditions', ...asking(task) }),
    ...knownParts(task),
  ]);
}

export function architectPrompt(task: ArchitectTask): Prompt {
  const { refused } = task;
  const parts = [
    header({ Role: 'architect', Work: 'propose a plan', Draft: task.draft, ...asking(task) }),
    ...knownParts(task),
    words('What the precondition test found; the pieces are a beginning, not a rule:'),
    data('assessment', assessmentText(task)),
  ];
  if (refused !== null) {
    parts.push(
      words('Your last draft, as a plan file, and what is held against it:'),
      data('plan', refused.planText.slice(0, maxPlanChars)),
      data('problems', refused.problems.join('\n').slice(0, maxProblemChars)),
    );
  }
  return planningPrompt(rolePrompts.architect, parts);
}

const planningPrompt = (role: RolePrompt, task: readonly Part[]): Prompt =>
  assemblePrompt({ role, sources: [], contracts: [], task });

type Informed = PreconditionTask | ArchitectTask;

const asking = ({ mayAsk }: Informed) => ({
  'You may ask': mayAsk ? 'once' : 'no; assume what is not known, and say what you assumed',
});

function knownParts({ goal, findings, answers }: Informed): Part[] {
  return [
    words('Your folder holds the files as they are. What somebody wants built:'),
    data('goal', onePage(goal)),
    ...answers.map(({ question, answer }) =>
      data(`answer to "${oneLine(question, 500)}"`, onePage(answer)),
    ),
    words(findings.length === 0 ? 'No scout has looked around.' : 'What the scouts found:'),
    ...findings.map(({ question, says }, index) =>
      data(`scout ${index + 1}, asked "${oneLine(question, 500)}"`, onePage(says)),
    ),
  ];
}

function assessmentText({ assessment: { conditions, pieces } }: ArchitectTask): string {
  const held = conditionNames.map((name) => `- ${name}: ${oneLine(conditions[name].says, 1_000)}`);
  const cut = pieces.map(({ id, purpose, needs, minutes, review }) => {
    const on = needs.map((need) => `${need.on} (${need.kind})`).join(', ');
    const waits = on === '' ? 'needs nothing' : `needs ${on}`;
    return `- ${id}: ${oneLine(purpose, 500)} ${minutes} min, ${review} to judge; ${waits}`;
  });
  return [...held, 'Pieces:', ...cut].join('\n');
}

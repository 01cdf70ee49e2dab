import type { BuilderTask } from '../task.ts';
import {
  askedPart,
  commandsPart,
  evidencePart,
  handoffPart,
  header,
  insightParts,
  whereContract,
} from './parts.ts';
import { assemblePrompt, words, type Part, type Prompt } from './prompt.ts';
import { rolePrompts } from './role-prompts.ts';

/** `handoffName` is what the agent calls the folder of a handoff; null where it has none. */
export function builderPrompt(
  task: BuilderTask,
  handoffName: (handoff: number) => string | null,
): Prompt {
  const { role, module, attempt, contract, owns, evidence, handoffs, asked, partners } = task;
  const parts: Part[] = [
    header({
      ...{ Role: role, Module: module, Attempt: attempt, 'Your paths': owns.join(', ') },
      ...whereContract(task.paths),
    }),
    words('How the module is judged:'),
    commandsPart(task.commands),
  ];
  if (evidence.length > 0) {
    const what = attempt > 1 ? 'Why the last attempt did not pass:' : 'What is known beforehand:';
    parts.push(words(what), evidencePart(evidence));
  }
  if (handoffs.length > 0) {
    parts.push(words('What other modules have given this one so far, oldest first:'));
    parts.push(...handoffs.map((each) => handoffPart(each, handoffName(each.handoff))));
  }
  if (asked.length > 0) {
    parts.push(words('What others want of this module:'), askedPart(asked));
  }
  if (partners.length > 0) {
    const who = partners.join(', ');
    parts.push(words(`Feedback partners, for the findings that you submit: ${who}.`));
  }
  parts.push(...insightParts(task));
  parts.push(words(`Begin. The module's files belong in ${owns.join(', ')}.`));
  return assemblePrompt({
    role: role === 'generator' ? rolePrompts.generator : rolePrompts.reviser,
    sources: task.sources,
    contracts: [{ label: `contract of ${module}`, contract }],
    task: parts,
  });
}

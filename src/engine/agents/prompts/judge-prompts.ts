import type { ArbiterTask, EvaluatorTask, IntegratorTask } from '../task.ts';
import {
  changedPart,
  checksPart,
  diffPart,
  evidencePart,
  header,
  insightParts,
  summaryPart,
  whereContract,
} from './parts.ts';
import { assemblePrompt, data, words, type Prompt } from './prompt.ts';
import { onePage } from '../../../core/projections/safe-text.ts';
import { rolePrompts } from './role-prompts.ts';

export function evaluatorPrompt(task: EvaluatorTask): Prompt {
  const { module, attempt, reviewer, contract, paths, checks, summary, changed } = task;
  return assemblePrompt({
    role: rolePrompts.evaluator,
    sources: task.sources,
    contracts: [{ label: `contract of ${module}`, contract }],
    task: [
      header({
        ...{ Role: 'evaluator', Module: module, Attempt: attempt, Reviewer: reviewer },
        ...whereContract(paths),
      }),
      words('Your folder holds the module in its place, as the checks judged it:'),
      checksPart(checks),
      changedPart(changed),
      diffPart(changed),
      words('What the builder says; claims, each of which you hold against what it changed:'),
      summaryPart(`summary of the builder of ${module}`, summary),
      ...insightParts(task),
    ],
  });
}

export function integratorPrompt(task: IntegratorTask): Prompt {
  const { gate, attempt, check, between, evidence, contracts } = task;
  return assemblePrompt({
    role: rolePrompts.integrator,
    sources: task.sources,
    contracts: contracts.map(({ module, contract }) => ({
      label: `contract of ${module}`,
      contract,
    })),
    task: [
      header({ Role: 'integrator', Gate: gate, Attempt: attempt, Check: check.check }),
      words(`The modules to choose from: ${between.length === 0 ? 'any' : between.join(', ')}.`),
      words('Your folder holds all modules in their places. What the check says:'),
      checksPart([check]),
      evidencePart(evidence),
    ],
  });
}

export function arbiterPrompt(task: ArbiterTask): Prompt {
  const { module, arbitration, conflict, rulings, contract, summary } = task;
  return assemblePrompt({
    role: rolePrompts.arbiter,
    sources: task.sources,
    contracts: [{ label: `contract of ${module}`, contract }],
    task: [
      header({ Role: 'arbiter', Module: module, Arbitration: arbitration, Dispute: conflict.kind }),
      words(`You may decide: ${rulings.join(', ')}.`, `Parties: ${conflict.parties.join(', ')}.`),
      data('what it is about', onePage(conflict.about)),
      evidencePart(conflict.evidence),
      words('What the builder says of its submission, which lies in your folder:'),
      summaryPart(`summary of the builder of ${module}`, summary),
    ],
  });
}

import { predictionLines } from '../../core/projections/precondition-words.ts';
import { markdownLine, oneLine } from '../../core/projections/safe-text.ts';
import type { PreconditionTest } from '../../core/plan/precondition-test.ts';
import type { ProposedFile } from '../agents/outcome.ts';
import type { AnsweredQuestion } from '../agents/task.ts';
import { designDocument } from './design-document.ts';
import type { HeldProposal } from './hold-proposal.ts';
import type { NotPlanned, ProposedPlan } from './planned-goal.ts';
import { freeName, overwrite, planNameOf, planNames, writeNewFile } from './write-proposal.ts';

interface Where {
  readonly workspace: string;
  readonly name: string | null;
  readonly force: boolean;
}

interface About {
  readonly goal: string;
  readonly test: PreconditionTest;
  readonly answers: readonly AnsweredQuestion[];
}

export type Laid =
  | { readonly kind: 'laid'; readonly plan: ProposedPlan; readonly notes: readonly string[] }
  | NotPlanned;

/** The comments at the head of a proposed plan. */
export const proposalIntro = (goal: string, test: PreconditionTest): string[] => [
  `Proposed for this goal: ${goal}`,
  `Predicted: ${predictionLines(test).join('; ')}.`,
  'Nothing of it has run. The design beside it says why it is cut like this; edit both as you like.',
];

/** Writes a plan, its design and the files it speaks of. Whatever is there already stays as it is. */
export async function layProposal(
  { workspace, name: wanted, force }: Where,
  { proposed, text, files, leftOut, diagnostics, commands, problems }: HeldProposal,
  about: About,
): Promise<Laid> {
  const artifact = proposed.plan.artifact as { readonly name?: unknown } | null | undefined;
  const name = wanted ?? (await freeName(workspace, planNameOf(artifact?.name)));
  const names = planNames(name);
  const intro = designIntro(names.plan, about);
  const design = { path: names.design, text: designDocument(intro, proposed.design) };
  const notes = leftOut.map((each) => `not written: ${each}`);
  const write = wanted !== null && force ? overwrite : writeNewFile;
  for (const file of [design, { path: names.plan, text }]) {
    const fault = await write(workspace, file);
    if (fault !== null) return { kind: 'failed', code: 'not-written', message: fault };
  }
  const written: ProposedFile[] = [];
  for (const file of files) {
    const fault = await writeNewFile(workspace, file);
    if (fault === null) written.push(file);
    else notes.push(`not written: ${oneLine(fault, 300)}`);
  }
  const plan: ProposedPlan = {
    ...{ kind: 'proposed', planFile: names.plan, designFile: names.design },
    files: written.map(({ path }) => path),
    summary: proposed.summary,
    test: about.test,
    diagnostics: diagnostics.map((each) => ({ ...each, file: names.plan })),
    commands,
    problems,
  };
  return { kind: 'laid', plan, notes };
}

function designIntro(planFile: string, { goal, test, answers }: About): string[] {
  return [
    `The design of \`${planFile}\`, for the goal: ${markdownLine(goal, 4_000)}`,
    predictionLines(test)
      .map((line) => `- Predicted for ${line}`)
      .join('\n'),
    ...(answers.length === 0 ? [] : [answers.map(answerLine).join('\n')]),
  ];
}

const answerLine = ({ question, answer }: AnsweredQuestion): string =>
  `- Asked: ${markdownLine(question, 500)} Answered: ${markdownLine(answer, 2_000)}`;

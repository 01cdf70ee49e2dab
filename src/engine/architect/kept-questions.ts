import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Assessment } from '../../core/plan/assessment.ts';
import { assessmentShape } from '../agents/answers/assessment.ts';
import { questionsAnswer } from '../agents/answers/questions.ts';
import type { Question } from '../agents/outcome.ts';
import type { Finding } from '../agents/task.ts';
import { replaceFile } from '../journal/durable.ts';
import { parseObject, readSmallFile } from '../journal/small-file.ts';
import { makePlanningFolder, planningPath } from './planning-folder.ts';

/** What was found out about a goal before a person was asked: nothing of it is paid for twice. */
export interface KeptQuestions {
  readonly findings: readonly Finding[];
  /** null: it was the precondition test that asked. */
  readonly assessment: Assessment | null;
  readonly questions: readonly Question[];
  /** What tokens have cost until then. */
  readonly microUsdPerToken: number;
}

const kept = z.strictObject({
  v: z.literal(1),
  goal: z.string(),
  findings: z
    .array(z.strictObject({ question: z.string().max(2_000), says: z.string().max(5_000) }))
    .max(20),
  assessment: assessmentShape({ isByHand: false }).nullable(),
  questions: questionsAnswer,
  microUsdPerToken: z.number().min(0).max(1_000_000),
});

const maxBytes = 1024 * 1024;

export async function keepQuestions(
  workspace: string,
  goal: string,
  questions: KeptQuestions,
): Promise<void> {
  await makePlanningFolder(workspace);
  const text = JSON.stringify({ v: 1, goal, ...questions }, null, 2);
  await replaceFile(pathOf(workspace, goal), `${text}\n`);
}

/** null where nothing was asked about this goal, or what was cannot be read any more. */
export async function readQuestions(
  workspace: string,
  goal: string,
): Promise<KeptQuestions | null> {
  const file = await readSmallFile(pathOf(workspace, goal), maxBytes);
  if (!file.ok) return null;
  const parsed = kept.safeParse(parseObject(file.text));
  return parsed.success && parsed.data.goal === goal ? parsed.data : null;
}

export async function forgetQuestions(workspace: string, goal: string): Promise<void> {
  await rm(pathOf(workspace, goal), { force: true });
}

function pathOf(workspace: string, goal: string): string {
  const hash = createHash('sha256').update(goal).digest('hex').slice(0, 32);
  return join(workspace, planningPath, `${hash}.json`);
}

import { oneLine } from '../../core/projections/safe-text.ts';
import type { Finding, ScoutTask } from '../agents/task.ts';
import { withoutAnswer } from '../perform/planner-end.ts';
import type { NotPlanned } from './planned-goal.ts';
import { isUnserved } from '../perform/unserved.ts';
import { unservedPlanning } from './unserved-planning.ts';
import { planningAgent, type PlanningDesk, type PlanningWork } from './planning-desk.ts';
import { scoutQuestions } from './scout-questions.ts';

/** Of all that planning may use up. */
const scoutsShare = 0.4;

export interface Scouted {
  readonly findings: readonly Finding[];
  /** Who brought nothing back, and why. */
  readonly notes: readonly string[];
  readonly isAborted: boolean;
  /** Where all of them failed for their provider: no architect would fare better. */
  readonly unserved: NotPlanned | null;
}

/** Sends scouts out side by side, each with one question; none hears of another. */
export async function scout(desk: PlanningDesk, goal: string): Promise<Scouted> {
  const notes: string[] = [];
  const findings = new Map<number, Finding>();
  const works = scoutQuestions.map((question, index) => ({
    question,
    work: { role: 'scout', goal, question, scout: index + 1 } satisfies PlanningWork<ScoutTask>,
  }));
  const parts = desk.purse.reserve(scoutsShare, works.length);
  let isAborted = false;
  const troubles: NotPlanned[] = [];
  desk.onProgress({ kind: 'step', says: `${works.length} scouts look around` });
  await Promise.all(
    works.map(async ({ question, work }, index) => {
      const who = `scout ${work.scout}`;
      const reserved = parts[index];
      if (reserved === undefined) return;
      const outcome = await planningAgent(desk, who, work, reserved);
      if (outcome.kind === 'researched') {
        findings.set(index, { question, says: outcome.findings });
        desk.onProgress({ kind: 'step', says: `${who} is back` });
        return;
      }
      if (outcome.kind === 'aborted') {
        isAborted = true;
        return;
      }
      // A script need not hold all of them.
      if (outcome.kind === 'failed' && outcome.code === 'no-turn') return;
      const { message } = withoutAnswer(outcome);
      const its = isUnserved(outcome) ? unservedPlanning(desk, outcome) : null;
      if (its !== null) troubles.push(its);
      const note = `${who} found nothing: ${oneLine(message, 300)}`;
      notes.push(note);
      // A service that serves none of them is one thing to tell.
      if (its === null || troubles.length === 1) desk.onProgress({ kind: 'note', says: note });
    }),
  );
  const inOrder = [...findings.keys()].sort((a, b) => a - b);
  return {
    findings: inOrder.flatMap((index) => findings.get(index) ?? []),
    notes: notes.sort(),
    isAborted,
    unserved: troubles.length === works.length ? (troubles[0] ?? null) : null,
  };
}

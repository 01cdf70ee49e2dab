import { unreachable } from '../../core/unreachable.ts';
import type { Answer, Question } from '../../protocol/board.ts';
import type { RunFiles } from '../documents/run-files.ts';
import type { LiveRun } from '../runs/runs.ts';

/** Looks up what the journal does not hold. Whatever goes wrong is an answer too. */
export async function answerTo(
  question: Question,
  run: LiveRun | null,
  files: RunFiles,
): Promise<Answer> {
  const state = run?.replayed?.state;
  if (run === null || state === undefined) return failure('There is no run here to look into.');
  if (!state.graph.moduleIndex.has(question.module)) {
    return failure(`The plan has no module ${question.module}.`);
  }
  try {
    return await files.read(run, async (engine, store): Promise<Answer> => {
      const { about, module } = question;
      switch (about) {
        case 'contract':
          return { about, ...(await engine.compareContract(store, state, module, question)) };
        case 'tests':
          return { about, tests: await engine.contractTests(store, state, module) };
        case 'submission': {
          const { tree } = question;
          const of = { module, tree };
          return { about, files: await engine.compareSubmission(store, state, run.events, of) };
        }
        default:
          return unreachable(about);
      }
    });
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

const failure = (message: string): Answer => ({ about: 'failure', message });

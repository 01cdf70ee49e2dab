import { t } from '../../core/language.ts';
import type { RunState } from '../../core/state.ts';
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
  if (run === null || state === undefined) return failure(t('There is no run here to look into.'));
  if (run.source !== undefined) return failure(t('A run from a file comes without files.'));
  const unknown = unknownIn(question, state);
  if (unknown !== null) return failure(unknown);
  try {
    return await files.read(run, async (engine, store): Promise<Answer> => {
      const { events } = run;
      switch (question.about) {
        case 'contract': {
          const { about, module } = question;
          return { about, ...(await engine.compareContract(store, state, module, question)) };
        }
        case 'tests': {
          const { about, module } = question;
          return { about, tests: await engine.contractTests(store, state, module) };
        }
        case 'submission': {
          const { about, module, tree } = question;
          const of = { module, tree };
          return { about, files: await engine.compareSubmission(store, state, events, of) };
        }
        case 'approval': {
          const { about } = question;
          return { about, ...(await engine.approvalFiles(store, { state, events }, question)) };
        }
        default:
          return unreachable(question);
      }
    });
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

function unknownIn(question: Question, { graph }: RunState): string | null {
  if ('gate' in question) {
    const { gate } = question;
    return graph.gateIndex.has(gate) ? null : t('The plan has no gate {0}.', gate);
  }
  const { module } = question;
  return graph.moduleIndex.has(module) ? null : t('The plan has no module {0}.', module);
}

const failure = (message: string): Answer => ({ about: 'failure', message });

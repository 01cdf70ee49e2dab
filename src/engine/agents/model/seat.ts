import { unreachable } from '../../../core/unreachable.ts';
import type { AgentLink } from '../agent.ts';
import type { Answer } from '../answers/answer.ts';
import { blameAnswer } from '../answers/blame-answer.ts';
import { findingsAnswer } from '../answers/findings-answer.ts';
import { planAnswer } from '../answers/plan-answer.ts';
import { preconditionAnswer } from '../answers/precondition-answer.ts';
import { rulingAnswer } from '../answers/ruling-answer.ts';
import { verdictAnswer } from '../answers/verdict-answer.ts';
import { builderPrompt } from '../prompts/builder-prompt.ts';
import { arbiterPrompt, evaluatorPrompt, integratorPrompt } from '../prompts/judge-prompts.ts';
import { contractAuthorPrompt, splitterPrompt } from '../prompts/planner-prompts.ts';
import { architectPrompt, preconditionPrompt, scoutPrompt } from '../prompts/planning-prompts.ts';
import type { Prompt } from '../prompts/prompt.ts';
import type {
  AgentTask,
  ArbiterTask,
  ArchitectTask,
  BuilderTask,
  EvaluatorTask,
  IntegratorTask,
  PreconditionTask,
} from '../task.ts';
import { AgentFiles } from '../tools/agent-files.ts';
import type { ReadingTool, Tool } from '../tools/tool.ts';
import {
  builderTools,
  contractAuthorTools,
  contractPaths,
  partPaths,
  readingTools,
  splitterTools,
} from '../tools/toolboxes.ts';
import type { OwnedPaths } from '../tools/write-owned.ts';
import { BuilderNews } from './builder-news.ts';

/** All that an agent has for one task, whichever model or program it is. */
export type Seat = WorkingSeat | JudgingSeat;

interface AnySeat {
  readonly prompt: Prompt;
  /** What others gave or want meanwhile; null for roles that have no such news. */
  readonly news: Pick<BuilderNews, 'take'> | null;
  /** What it may look at. */
  readonly files: AgentFiles;
}

/** Of who writes: one of the tools ends the task. */
export interface WorkingSeat extends AnySeat {
  readonly tools: readonly Tool[];
  /** Where it may write. */
  readonly owned: OwnedPaths;
  readonly answer: null;
}

/** Of who judges: it can look and nothing else, by type, and its answer is data. */
export interface JudgingSeat extends AnySeat {
  readonly tools: readonly ReadingTool[];
  readonly answer: Answer;
}

/** What a task's agent is told, can do and has to answer. */
export function seatFor(task: AgentTask, link: AgentLink): Seat {
  switch (task.role) {
    case 'generator':
    case 'reviser':
      return builderSeat(task, link);
    case 'evaluator':
    case 'integrator':
    case 'arbiter':
      return judgingSeat(task);
    case 'contract-author': {
      const { owned, files } = writingIn(task.folder, contractPaths(task));
      const tools = contractAuthorTools(owned, files);
      const prompt = contractAuthorPrompt(task);
      return { prompt, tools, owned, files, answer: null, news: null };
    }
    case 'scout':
      return { ...looking(task), prompt: scoutPrompt(task), answer: findingsAnswer() };
    case 'architect': {
      if (task.work !== 'split') return planningSeat(task);
      const { owned, files } = writingIn(task.folder, partPaths);
      const tools = splitterTools(owned, files);
      return { prompt: splitterPrompt(task), tools, owned, files, answer: null, news: null };
    }
    default:
      return unreachable(task);
  }
}

/** Who plans before there is a run looks and nothing else, like those who judge. */
function planningSeat(task: PreconditionTask | ArchitectTask): JudgingSeat {
  switch (task.work) {
    case 'precondition': {
      const answer = preconditionAnswer(task.mayAsk);
      return { ...looking(task), prompt: preconditionPrompt(task), answer };
    }
    case 'plan':
      return { ...looking(task), prompt: architectPrompt(task), answer: planAnswer(task.mayAsk) };
  }
}

function looking({ folder }: { readonly folder: string }) {
  const files = new AgentFiles(folder);
  return { tools: readingTools(files), files, news: null };
}

const writingIn = (folder: string, owns: readonly string[]) => ({
  owned: { folder, owns },
  files: new AgentFiles(folder),
});

/** The seat of a role that must not write (law 2). */
export function judgingSeat(task: EvaluatorTask | IntegratorTask | ArbiterTask): JudgingSeat {
  switch (task.role) {
    case 'evaluator':
      return { ...looking(task), prompt: evaluatorPrompt(task), answer: verdictAnswer() };
    case 'integrator': {
      const answer = blameAnswer(task.between);
      return { ...looking(task), prompt: integratorPrompt(task), answer };
    }
    case 'arbiter':
      return { ...looking(task), prompt: arbiterPrompt(task), answer: rulingAnswer(task.rulings) };
  }
}

function builderSeat(task: BuilderTask, link: AgentLink): WorkingSeat {
  const { owned, files } = writingIn(task.folder, task.owns);
  const news = new BuilderNews(task, link, files);
  const prompt = builderPrompt(task, (handoff) => news.folderOf(handoff));
  const tools = builderTools(task.role, owned, files, link, (came) => news.tell(came));
  return { prompt, tools, owned, files, answer: null, news };
}

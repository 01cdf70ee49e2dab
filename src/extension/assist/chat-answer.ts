import { t } from '../../core/language.ts';
import { isRunId } from '../../core/ids.ts';
import { markdownBlock, markdownLine } from '../../core/projections/safe-text.ts';
import type { ToolAnswer, ToolName } from '../../engine/tools/tool.ts';
import { commands as ids, type CommandId } from '../contributions.ts';
import type { Way } from '../../core/way.ts';

/** What the chat is asked; `command` without its slash. */
export interface Asked {
  readonly command: string | undefined;
  readonly prompt: string;
}

/** What an answer needs of the window. */
export interface ChatDesk {
  use(tool: ToolName, input: object): Promise<ToolAnswer>;
  /** The one plan of the workspace; null where there is none, or there are several. */
  onlyPlan(): Promise<string | null>;
}

/** What an answer is written to. */
export interface ChatPage {
  markdown(text: string): void;
  /** `given`: what the command is about; left out, it asks or takes the current run. */
  button(title: string, command: CommandId, given?: object): void;
}

/** Words of a sentence that are tried as names. */
const mostWords = 20;

/**
 * `@ashlar`: every answer is read off the state of a run or comes from the engine; no model is asked for
 * words. What agents wrote stands in blocks, where nothing is markup.
 */
export async function answerAsked(
  { command, prompt }: Asked,
  desk: ChatDesk,
  page: ChatPage,
): Promise<void> {
  const words = prompt.trim();
  const tell = async (tool: ToolName, input: object): Promise<boolean> => {
    const answer = await desk.use(tool, input);
    told(page, answer);
    return answer.ok;
  };
  switch (command) {
    case 'why':
      if (words === '') page.markdown(t('Say which module, tier or gate: {0}.', '`/why parser`'));
      else told(page, await whyOf(words, desk));
      return;
    case 'ce-plan':
    case 'ce-parallel-plan':
      if (words !== '') {
        const answer = await desk.use('plan', { goal: words });
        told(page, answer);
        // Questions, and goals that another way of working fits, come without a plan.
        if (!answer.ok || answer.plan === undefined) return;
        goesOn(page, answer.plan, command === 'ce-plan' ? 'sequential' : 'parallel');
        return;
      }
      page.markdown(t('Say what is to be built.'));
      page.button(t('New Plan from a Goal…'), ids.planGoal);
      return;
    case 'ce-exec':
    case 'ce-parallel-exec': {
      const way: Way = command === 'ce-exec' ? 'sequential' : 'parallel';
      const plan = words === '' ? await desk.onlyPlan() : words;
      if (plan !== null) {
        if (await tell('run', { plan, way })) page.button(t('Open Run Board'), ids.openBoard);
        return;
      }
      page.markdown(t('Say which plan: {0}.', `\`/${command} compiler.plan.yaml\``));
      page.button(t('Run Plan…'), ids.runPlan);
      return;
    }
    case 'ce-review':
    case 'ce-parallel-review':
      if (!(await tell('status', {}))) return;
      await tell('verdicts', words === '' ? {} : { module: words });
      page.button(t('Open Run Board'), ids.openBoard);
      page.button(t('Approve Gate…'), ids.approveGate);
      return;
    case 'ce-pr':
    case 'ce-parallel-pr': {
      // A run is named, or its title is; nothing of either is the latest run with a title of its own.
      const given = words === '' ? {} : isRunId(words) ? { run: words } : { title: words };
      if (!(await tell('pr', given))) return;
      // The one that was just prepared, not another one of the current run.
      const about = words === '' ? undefined : { run: null, title: null, ...given };
      page.button(t('Prepare Pull Request…'), ids.preparePullRequest, about);
      return;
    }
    case undefined:
    default:
      if (await tell('status', {})) page.button(t('Open Run Board'), ids.openBoard);
  }
}

/** What a plan was asked for with is how it is run; the plan itself fits either way. */
function goesOn(page: ChatPage, plan: string, way: Way): void {
  const name = markdownLine(plan);
  if (way === 'sequential') {
    page.markdown(
      `${t('{0} with {1} goes through it in sequence, with one agent of each kind.', '`/ce-exec`', name)}\n\n`,
    );
    page.button(t('Run Plan Sequentially…'), ids.runPlanSequentially);
  } else {
    page.markdown(
      `${t('{0} with {1} has all its modules built side by side, as far as they do not need each other.', '`/ce-parallel-exec`', name)}\n\n`,
    );
    page.button(t('Run Plan…'), ids.runPlan);
  }
  page.button(t('Check Plan'), ids.checkPlan);
}

/** By its name alone, or within a sentence: the first word that names something of the run. */
async function whyOf(words: string, desk: ChatDesk): Promise<ToolAnswer> {
  const first = await desk.use('why', { module: words });
  if (first.ok) return first;
  const named = words.split(/[\s?,;.!"'`]+/).filter((word) => word !== '' && word !== words);
  for (const module of named.slice(0, mostWords)) {
    const answer = await desk.use('why', { module });
    if (answer.ok) return answer;
  }
  return first;
}

function told(page: ChatPage, { ok, text }: ToolAnswer): void {
  const [first = '', ...rest] = text.split('\n');
  page.markdown(`${ok ? '' : `**${t('Not done:')}** `}${markdownLine(first, 600)}\n\n`);
  if (rest.length > 0) page.markdown(`${markdownBlock(rest).join('\n')}\n\n`);
}

import { modulePlan } from '../graph.ts';
import { plural, t } from '../language.ts';
import type { Card } from './card.ts';
import type { CardShape } from './card-shape.ts';
import type { Chronicle } from './chronicle.ts';
import { runTime } from './figures.ts';
import type { ModuleStatus } from './module-status.ts';
import { workedMs } from './timeline.ts';
import { lowerFirst } from './words.ts';

type Words = Pick<Card, 'word' | 'detail'>;

/** The words of {@link moduleStatus}: the state stands before the first dot, the rest behind it. */
export function wordsOf(
  chronicle: Chronicle,
  node: number,
  shape: CardShape,
  status: ModuleStatus,
): Words {
  const { text } = status;
  const [word, rest] = [firstHalf(text), secondHalf(text)];
  switch (shape) {
    case 'building':
    case 'revising':
      return { word, detail: status.detail || rest };
    case 'review':
      return { word, detail: rest || checksSaid(chronicle, node) };
    case 'sealed':
      return { word, detail: tookWords(chronicle, node) };
    case 'stale':
      return { word, detail: status.brief ?? rest };
    case 'blocked':
      return { word: t('Blocked'), detail: rest };
    case 'failed':
      return { word: t('Failed'), detail: lowerFirst(rest || text) };
    case 'needs-revision':
      return { word: t('Needs revision'), detail: lowerFirst(rest || text) };
    case 'reopened':
      return { word: t('Reopened'), detail: word === t('Reopened') ? rest : lowerFirst(text) };
    case 'passed':
      return { word, detail: status.brief ?? rest };
    case 'planned':
    case 'waiting':
    case 'ready':
    case 'abandoned':
      return { word, detail: rest || status.detail };
  }
}

/** `7/12 checks`; without the first where none is finished yet. */
function checksSaid(chronicle: Chronicle, node: number): string {
  const all = modulePlan(chronicle.state.plan, node).checks.length;
  const finished = finishedChecks(chronicle, node);
  return finished === 0
    ? plural(all, '{0} check', '{0} checks')
    : plural(all, '{1}/{0} check', '{1}/{0} checks', finished);
}

/** While a submission still waits for its judging, the checks are those of the one before. */
function finishedChecks({ state, history }: Chronicle, node: number): number {
  const judging = state.modules.get(node).life.at === 'evaluating';
  return judging ? history.checks.get(node).length : 0;
}

function tookWords({ state, timeline, history }: Chronicle, node: number): string {
  // Taken over: its run by the last part of its name, as runs are called wherever there is little room.
  if (state.modules.get(node).seal?.attempt === 0) {
    return t('from run {0}', history.latest.get(node)?.by.split('-').at(-1) ?? '');
  }
  return runTime(workedMs(timeline.lanes.get(node)));
}

/** 0 … 100; null where nothing goes on, or nobody tells. */
export function percentOf(
  chronicle: Chronicle,
  node: number,
  shape: CardShape,
  status: ModuleStatus,
): number | null {
  if (shape === 'building' || shape === 'revising') return status.percent;
  if (shape !== 'review') return null;
  const finished = finishedChecks(chronicle, node);
  const all = modulePlan(chronicle.state.plan, node).checks.length;
  return finished === 0 ? null : Math.round((100 * finished) / Math.max(all, finished));
}

const separator = ' · ';

function firstHalf(text: string): string {
  const at = text.indexOf(separator);
  return at === -1 ? text : text.slice(0, at);
}

/** Of words like `Waiting · for lexer`, what stands behind the dot; '' where there is none. */
export function secondHalf(text: string): string {
  const at = text.indexOf(separator);
  return at === -1 ? '' : text.slice(at + separator.length);
}

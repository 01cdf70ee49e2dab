import { useEffect, useState } from 'react';
import { t } from '../../core/language.ts';
import { runTime } from '../../core/projections/figures.ts';
import type { Travel } from '../../protocol/board.ts';
import { board } from '../store.ts';
import { seek, type Sought } from './marks.ts';
import type { Moments } from './moments.ts';
import { momentWords } from './moment-words.ts';
import type { Player } from './use-playback.ts';

type Step = Exclude<Travel, 'play' | 'live'>;

const steps: Readonly<Record<Step, readonly [what: Sought | 'event', direction: 1 | -1]>> = {
  'previous-event': ['event', -1],
  'next-event': ['event', 1],
  'previous-verdict': ['verdict', -1],
  'next-verdict': ['verdict', 1],
  'previous-failure': ['failure', -1],
  'next-failure': ['failure', 1],
  'previous-amendment': ['amendment', -1],
  'next-amendment': ['amendment', 1],
};

const noMore: Readonly<Record<Sought, () => string>> = {
  verdict: () => t('There is no other verdict on that side.'),
  failure: () => t('There is no other failure on that side.'),
  amendment: () => t('There is no other amendment on that side.'),
};

/**
 * Goes where commands of the editor ask for, and answers with what is to be read aloud of it: whoever
 * goes by a command does not have the slider under the fingers.
 */
export function useTravel(player: Player): string {
  const [told, tell] = useState('');
  useEffect(
    () =>
      board.store.subscribe(({ asked, amending }, before) => {
        // What is written in an amendment is about the present.
        if (asked === null || asked === before.asked || amending !== null || isWriting()) return;
        const { to } = asked;
        if (to === 'play') {
          if (player.playing) player.stop();
          else player.play();
          tell(player.playing ? t('The replay stands') : t('The run is played'));
          return;
        }
        player.stop();
        const { moments, moment, goTo } = board.store.getState();
        const at = moment ?? moments.length;
        const next = to === 'live' ? null : nextOf(moments, at, to);
        if (typeof next === 'string') {
          tell(next);
          return;
        }
        goTo(next);
        const now = board.store.getState().moment;
        tell(now === null ? t('Live') : momentSays(moments, now));
      }),
    [player],
  );
  return told;
}

/** Whether the keys that the editor takes for commands were typed into a text. */
const isWriting = (): boolean =>
  document.activeElement?.matches(
    'input:not([type=range], [type=checkbox], [type=radio]), textarea, vscode-textarea, vscode-textfield',
  ) === true;

/** Which moment it is, or why there is none. */
function nextOf(moments: Moments, at: number, to: Step): number | string {
  const [what, direction] = steps[to];
  if (what === 'event') return Math.max(1, at + direction);
  return seek(moments.marks, what, at, direction) ?? noMore[what]();
}

const momentSays = (moments: Moments, moment: number): string =>
  `${runTime(moments.times[moment - 1] ?? 0)}, ${momentWords(moments, moment)}`;

import { useCallback, type KeyboardEvent } from 'react';
import { isOff } from '../keys/single-keys.ts';
import { useBoard } from '../store.ts';
import { seek, type Sought } from './marks.ts';
import type { Player } from './use-playback.ts';

const soughtByKey: Readonly<Record<string, Sought>> = {
  v: 'verdict',
  f: 'failure',
  a: 'amendment',
};

/**
 * Keys while the time bar has the focus. Arrows go by event, v, f and a to the next verdict,
 * failure or amendment and with Shift to the one before, Space plays, End and l are live. Single
 * letters act nowhere else, so that nothing is done by speaking or by a slip (WCAG 2.2, 2.1.4).
 */
export function useTimeKeys(player: Player): (event: KeyboardEvent) => void {
  const moments = useBoard((board) => board.moments);
  const moment = useBoard((board) => board.moment);
  const goTo = useBoard((board) => board.goTo);
  return useCallback(
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isOff(event)) return;
      const at = moment ?? moments.length;
      const page = Math.max(1, Math.round(moments.length / 20));
      const { target } = event;
      const onButton = target instanceof HTMLButtonElement;
      const sought = soughtByKey[event.key.toLowerCase()];
      let to: number | null;
      if (sought !== undefined) {
        const found = seek(moments.marks, sought, at, event.shiftKey ? -1 : 1);
        if (found === null) return;
        to = found;
      } else if (event.key === ' ' && !onButton) {
        event.preventDefault();
        if (player.playing) player.stop();
        else player.play();
        return;
      } else if (event.key === 'l' || event.key === 'L' || event.key === 'End') to = null;
      else if (event.key === 'Home') to = 1;
      else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') to = at - 1;
      else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') to = at + 1;
      else if (event.key === 'PageDown') to = at - page;
      else if (event.key === 'PageUp') to = at + page;
      else return;
      event.preventDefault();
      event.stopPropagation();
      player.stop();
      goTo(to === null ? null : Math.max(1, to));
    },
    [moments, moment, goTo, player],
  );
}

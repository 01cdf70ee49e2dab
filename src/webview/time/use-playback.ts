import { useCallback, useEffect, useMemo, useState } from 'react';
import { useBoard } from '../store.ts';
import type { Moments } from './moments.ts';
import { Playback, speedFor, type Speed } from './playback.ts';

/** Pictures a second: fewer than a screen shows, so that most of the time is left for a person. */
const FRAME_MS = 100;

/** A replay that a person starts and stops. */
export interface Player {
  readonly playing: boolean;
  readonly speed: Speed;
  readonly play: () => void;
  readonly stop: () => void;
  readonly setSpeed: (speed: Speed) => void;
}

/** Plays from the moment that is looked at; from the present, from the beginning. */
export function usePlayback(moments: Moments): Player {
  const moment = useBoard((board) => board.moment);
  const goTo = useBoard((board) => board.goTo);
  /** The run that is played: another one that is turned to stands still. */
  const [played, setPlayed] = useState<Playback | null>(null);
  const [of, setOf] = useState(moments);
  const [chosen, setSpeed] = useState<Speed | null>(null);
  if (of !== moments) {
    setOf(moments);
    setPlayed(null);
  }
  const speed = chosen ?? speedFor(moments.times.at(-1) ?? 0);
  useEffect(() => {
    if (played === null) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const next = played.advance(now - last, speed);
      last = now;
      goTo(next, true);
      if (next === null) setPlayed(null);
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [played, speed, goTo]);
  const play = useCallback(() => {
    const from = moment ?? 1;
    goTo(from);
    setPlayed(new Playback(moments, from));
  }, [moments, moment, goTo]);
  const stop = useCallback(() => setPlayed(null), []);
  return useMemo(
    () => ({ playing: played !== null && moment !== null, speed, play, stop, setSpeed }),
    [played, moment, speed, play, stop],
  );
}

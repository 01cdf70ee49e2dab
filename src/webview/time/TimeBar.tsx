import { memo, useMemo, useState, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import { runTime } from '../../core/projections/figures.ts';
import { runElapsedMs } from '../../core/projections/timeline.ts';
import { useNow } from '../clock.ts';
import { IconButton, TextLink } from '../parts/controls.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useDriven } from '../standstill.ts';
import { useBoard } from '../store.ts';
import { MarkShape, markWords } from './MarkShape.tsx';
import type { MarkKind } from './marks.ts';
import type { Moments } from './moments.ts';
import { momentWords } from './moment-words.ts';
import { SPEEDS } from './playback.ts';
import { Slider } from './Slider.tsx';
import './TimeBar.css';
import { useTimeKeys } from './use-time-keys.ts';
import { useTravel } from './use-travel.ts';
import { usePlayback } from './use-playback.ts';

const shownMarks: readonly MarkKind[] = ['pass', 'fail', 'revise', 'amend', 'you'];

/** The whole course of the run, and which moment of it the board shows. */
export const TimeBar = memo(function TimeBar(): ReactElement {
  const moments = useBoard((board) => board.moments);
  const moment = useBoard((board) => board.moment);
  const goTo = useBoard((board) => board.goTo);
  const { totalMs, length } = useCourse(moments);
  const playback = usePlayback(moments);
  const { playing, speed } = playback;
  const at = moment ?? length;
  const step = (by: number): void => {
    playback.stop();
    goTo(at + by);
  };
  const onKeyDown = useTimeKeys(playback);
  const told = useTravel(playback);
  return (
    <footer className="time-bar" aria-label={t('Time travel')} onKeyDown={onKeyDown}>
      <div className="time-buttons">
        <IconButton
          icon="debug-step-back"
          label={t('Previous event')}
          disabled={at <= 1}
          onClick={() => step(-1)}
        />
        <IconButton
          icon={playing ? 'debug-pause' : 'play'}
          label={playing ? t('Stop the replay') : t('Replay from here')}
          disabled={length <= 1}
          onClick={() => (playing ? playback.stop() : playback.play())}
        />
        <IconButton
          icon="debug-step-over"
          label={t('Next event')}
          disabled={moment === null}
          onClick={() => step(1)}
        />
        <button
          {...{ type: 'button', className: 'time-speed', title: t('Speed of the replay') }}
          aria-label={t('Speed of the replay: {0} times', speed)}
          onClick={() => {
            const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
            if (next !== undefined) playback.setSpeed(next);
          }}
        >
          {speed}×
        </button>
      </div>
      <Slider {...{ moments, length, at, totalMs, isLive: moment === null }} stop={playback.stop} />
      <Side {...{ moments, moment, totalMs }} />
      <span className="unseen" role="status">
        {told}
      </span>
    </footer>
  );
});

/** A run of so many events is drawn anew at each of them; a longer one once a second. */
const SHORT_RUN = 2_000;

/** The length of what is known of the run, renewed every second. */
function useCourse(moments: Moments): { readonly totalMs: number; readonly length: number } {
  const moment = useBoard((board) => board.moment);
  const driven = useDriven();
  const now = useNow();
  useBoard((board) => (board.moments.length <= SHORT_RUN ? board.moments.length : 0));
  const { last, length } = moments;
  const lastMs = moments.times.at(-1) ?? 0;
  const isGoingOn = last !== null && moment === null && driven;
  // The scale stays as it is while a person goes back.
  const [keptMs, setKeptMs] = useState(0);
  const [of, setOf] = useState(moments);
  const beforeMs = of === moments && moment !== null ? keptMs : 0;
  const totalMs = Math.max(lastMs, beforeMs, isGoingOn ? runElapsedMs(last.state, now) : 0);
  if (of !== moments) setOf(moments);
  if (totalMs !== keptMs) setKeptMs(totalMs);
  return { totalMs, length };
}

interface SideProps {
  readonly moments: Moments;
  readonly moment: number | null;
  readonly totalMs: number;
}

/** Which moment it is, in words, and what the marks mean. */
function Side({ moments, moment, totalMs }: SideProps): ReactElement {
  const goTo = useBoard((board) => board.goTo);
  const ends = useBoard(({ source }) => source !== null);
  const says = useMemo(
    () => (moment === null ? '' : momentWords(moments, moment)),
    [moments, moment],
  );
  if (moment === null) {
    return (
      <div className="time-side">
        <div className="time-live">
          <Icon name="circle-filled" tone="run" size={12} />
          {ends ? t('The last event') : t('Live')} · {runTime(totalMs)}
        </div>
        <div className="time-marks small muted" aria-hidden="true">
          {shownMarks.map((kind) => (
            <span key={kind}>
              <svg width="12" height="12" viewBox="-6 -6 12 12">
                <MarkShape kind={kind} />
              </svg>
              {markWords()[kind]}
            </span>
          ))}
        </div>
      </div>
    );
  }
  return (
    <div className="time-side">
      <div className="time-live">
        <Icon name="history" tone="review" size={12} />
        <span>{runTime(moments.times[moment - 1] ?? 0)}</span>
        <span className="muted time-count">{rich('event {0} of {1}', moment, moments.length)}</span>
        <span className="spacer" />
        <TextLink onClick={() => goTo(null)}>{t('Back to live')}</TextLink>
      </div>
      <div className="time-says small muted" title={says}>
        {says}
      </div>
    </div>
  );
}

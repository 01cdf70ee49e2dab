import { useMemo, type ReactElement } from 'react';
import { rich } from '../parts/rich.tsx';
import { t } from '../../core/language.ts';
import type { Eta } from '../../core/projections/eta.ts';
import { runTime } from '../../core/projections/figures.ts';
import { workPieces, type WorkPiece } from '../../core/projections/sequential.ts';
import { activeUntil } from '../../core/projections/timeline.ts';
import { duration } from '../../core/projections/words.ts';
import { saved } from '../board/figures.ts';
import type { Shown } from './cells.ts';
import './Sequential.css';

interface Props {
  readonly shown: Shown;
  readonly eta: Eta;
}

/** Narrower pieces are told together. */
const LEAST_SHARE = 0.008;
/** Of the width, about what a letter takes. */
const CHAR_SHARE = 0.006;

/** What the work took, beside what it would have taken one piece after the other. */
export function Sequential({ shown, eta }: Props): ReactElement {
  const { chronicle, at, nowMs } = shown;
  const pieces = useMemo(() => workPieces(chronicle, at), [chronicle, at]);
  const workMs = pieces.reduce((sum, { ms }) => sum + ms, 0);
  const activeMs = activeUntil(chronicle, at);
  const { value, beside } = saved(chronicle, at);
  const [fromMs, toMs] = eta.known ? [eta.fromMs, eta.toMs ?? eta.fromMs] : [0, 0];
  const allMs = Math.max(1, workMs, activeMs + toMs);
  const share = (ms: number): string => `${(100 * ms) / allMs}%`;
  const done = eta.known ? doneWords(runTime(nowMs + fromMs), eta.toMs, nowMs) : '';
  return (
    <section className="sequential" aria-label={t('Actual and sequential')}>
      <h2>{t('Actual and sequential')}</h2>
      <p className="small muted">
        {rich(
          'Work done so far, one piece after another, beside what it took without waiting for you: {0}',
          beside === '' ? value : t('{0} saved, {1}', value, beside),
        )}
      </p>
      <div className="seq-name">
        {t('Actual')} <span className="num">{duration(activeMs)}</span>
      </div>
      <div className="seq-row">
        <span
          {...{ className: 'seq-actual', style: { width: share(activeMs) }, role: 'img' }}
          aria-label={t('It took {0}', duration(activeMs))}
        />
        {eta.known && (
          <>
            <span className="seq-from" style={{ width: share(fromMs) }} />
            <span className="seq-to" style={{ width: share(toMs - fromMs) }} />
          </>
        )}
        {done !== '' && <span className="seq-says small muted num">{done}</span>}
      </div>
      <div className="seq-name">
        {t('Sequential')} <span className="num">{duration(workMs)}</span>
      </div>
      <div className="seq-row">
        {told(pieces, allMs).map(({ name, ms }) => (
          <span
            key={name}
            {...{ className: 'seq-piece', style: { width: share(ms) }, role: 'img' }}
            {...{ 'aria-label': `${name}: ${duration(ms)}`, title: `${name}: ${duration(ms)}` }}
          >
            {ms / allMs > (name.length + 2) * CHAR_SHARE && (
              <span className="ellipsis">{name}</span>
            )}
          </span>
        ))}
        {workMs > activeMs && (
          <span
            className="seq-saved"
            style={{ left: share(activeMs), width: share(workMs - activeMs) }}
          />
        )}
      </div>
    </section>
  );
}

/** Without an upper end it waits for a person. */
function doneWords(from: string, toMs: number | null, nowMs: number): string {
  if (toMs === null) return t('done from {0}', from);
  const to = runTime(nowMs + toMs);
  return from === to ? t('done at {0}', from) : t('done at {0}–{1}', from, to);
}

/** What would be too narrow to see stands together as one. */
function told(pieces: readonly WorkPiece[], allMs: number): WorkPiece[] {
  const shown: WorkPiece[] = [];
  let [ms, count] = [0, 0];
  const close = (): void => {
    if (count > 0) shown.push({ name: t('{0} more', count), ms });
    [ms, count] = [0, 0];
  };
  for (const piece of pieces) {
    if (piece.ms >= allMs * LEAST_SHARE) {
      shown.push(piece);
      continue;
    }
    ms += piece.ms;
    count++;
  }
  close();
  return shown;
}

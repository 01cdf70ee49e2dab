import { t } from '../../core/language.ts';
import type { StreamProgress } from '../../core/projections/stream-progress.ts';
import { streamIdleWords, type StreamIdle } from '../../core/projections/stream-times.ts';
import { duration, listed, roughly } from '../../core/projections/words.ts';

/** One thing that is known of a stream, and under which name it stands. */
export interface StreamFact {
  readonly name: 'Now' | 'Waits for' | 'Held' | 'Next' | 'ETA' | 'Idle';
  readonly says: string;
}

export const factWords = (): Readonly<Record<StreamFact['name'], string>> => ({
  Now: t('Now'),
  'Waits for': t('Waits for'),
  Held: t('Held'),
  Next: t('Next'),
  ETA: t('ETA'),
  Idle: t('Idle'),
});

/** What it is at, what it waits for, what comes next, when it is done, how long nobody worked on it. */
export function streamFacts(stream: StreamProgress): StreamFact[] {
  const { now, waitsFor, held, next, etaMs } = stream;
  const facts: readonly (StreamFact | null)[] = [
    now.length === 0 ? null : { name: 'Now', says: listed(now) },
    waitsFor.length === 0 ? null : { name: 'Waits for', says: listed(waitsFor) },
    held === null ? null : { name: 'Held', says: held },
    next === null ? null : { name: 'Next', says: next },
    etaMs === null ? null : { name: 'ETA', says: t('from {0}', roughly(etaMs)) },
    idleFact(stream),
  ];
  return facts.filter((fact) => fact !== null);
}

function idleFact({ idleMs }: StreamProgress): StreamFact | null {
  const idle = (Object.entries(idleMs) as [StreamIdle, number][]).sort(([, a], [, b]) => b - a);
  const total = idle.reduce((sum, [, ms]) => sum + ms, 0);
  const [longest] = idle;
  if (longest === undefined || total < 1_000) return null;
  const idled = streamIdleWords(longest[0]);
  const why = idled.startsWith('for ') ? t('waiting {0}', idled) : idled;
  const says =
    idle.length === 1
      ? t('{0}, {1}', duration(total), why)
      : t('{0}, mostly {1}', duration(total), why);
  return { name: 'Idle', says };
}

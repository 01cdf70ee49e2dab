import { useEffect, useState, type ReactElement } from 'react';
import { announced, announcement, type Announcement } from '../../core/projections/announcement.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { board } from '../store.ts';

/**
 * How soon something is told, and how long after what was told before: what happens meanwhile is told with
 * it, so that nobody is talked over. What needs a person is told at once; the rest of a busy run is gathered.
 */
const urgent = { soonMs: 300, apartMs: 2_000 };
const unhurried = { soonMs: 2_000, apartMs: 9_000 };
/** Then it is taken away, so that the same words are heard when they are true again. */
const SAID_MS = 6_000;

/**
 * Reads aloud what happens as it happens: politely, once, and never what a person looks back at, nor
 * what a run had behind it when it was opened.
 */
export function Announcer(): ReactElement {
  const [says, setSays] = useState('');
  useEffect(() => {
    let { moments } = board.store.getState();
    let told = moments.length;
    let waiting: Announcement[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let dueAt = Infinity;
    let lastAt = -Infinity;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const forget = (): void => {
      clearTimeout(timer);
      dueAt = Infinity;
      waiting = [];
    };
    const tell = (): void => {
      const text = announced(waiting);
      forget();
      lastAt = performance.now();
      setSays(oneLine(text, 600));
      clearTimeout(quiet);
      quiet = setTimeout(() => setSays(''), SAID_MS);
    };
    const stop = board.store.subscribe((now) => {
      if (now.moments !== moments) {
        forget();
        ({ moments } = now);
        told = moments.length;
        return;
      }
      if (moments.length === told) return;
      const happened = moments.events.slice(told);
      told = moments.length;
      if (now.moment !== null) return;
      for (const event of happened) {
        const heard = announcement(event);
        if (heard !== null) waiting.push(heard);
      }
      if (waiting.length === 0) return;
      const { soonMs, apartMs } = waiting.some(({ matters }) => matters) ? urgent : unhurried;
      const at = performance.now();
      const wanted = Math.max(at + soonMs, lastAt + apartMs);
      if (wanted >= dueAt) return;
      dueAt = wanted;
      clearTimeout(timer);
      timer = setTimeout(tell, wanted - at);
    });
    return () => {
      stop();
      forget();
      clearTimeout(quiet);
    };
  }, []);
  return (
    <p className="unseen" role="status" data-says="news">
      {says}
    </p>
  );
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import type { RunEvent } from '../src/core/events.ts';
import { drive, layOut } from './example.ts';
import { watchExample } from './editor-window.ts';
import { figure, type Figure, type Part } from './figure.ts';
import { latencies } from './latency.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What watching a run in a real editor costs, and how far behind it is. */
export const editor: Part = {
  name: 'editor',
  measure: async ({ quick }) => {
    if (!existsSync('dist/cli/ashlar.mjs')) throw new Error('run `npm run build` first');
    // As a person sees it; quickly, agents play at a speed at which checks alone keep a machine busy.
    const speed = quick ? 20 : 1;
    try {
      const watched = await inEditor({ speed, board: true });
      const unwatched = await inEditor({ speed, board: false });
      const alone = await headless(speed);
      return [
        figure('activation', watched.activationMs, 'ms', 50, 'as the editor tells it'),
        ...latencies(watched.events, watched.seen, 'board'),
        beside('a run in the editor beside one without', watched.events, alone),
        beside('the same while its board is closed', unwatched.events, alone),
      ];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      process.stdout.write(`  skipped: no run in an editor here: ${why}\n`);
      return [];
    }
  },
};

const inEditor = (way: Parameters<typeof watchExample>[0]) =>
  watchExample(way, async ({ folder, seen, activationMs }) => {
    return { events: await journalOf(folder), seen, activationMs };
  });

async function journalOf(folder: string): Promise<readonly RunEvent[]> {
  const runs = join(folder, '.ce-workspace', 'runs');
  const [run] = await readdir(runs);
  const text = await readFile(join(runs, run ?? '', 'journal.jsonl'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

async function headless(speed: number): Promise<readonly RunEvent[]> {
  await using folder = await temporaryFolder();
  const copy = join(folder.path, 'tiny-lang');
  await layOut(copy);
  return (await drive(copy, speed)).events;
}

function beside(name: string, inside: readonly RunEvent[], alone: readonly RunEvent[]): Figure {
  const [insideMs, aloneMs] = [toApproval(inside), toApproval(alone)];
  const note = `${insideMs} ms and ${aloneMs} ms until a person is asked`;
  return figure(name, insideMs / aloneMs, '×', 1.05, note);
}

function toApproval(events: readonly RunEvent[]): number {
  const asked = events.find(({ type }) => type === 'approval-requested');
  return (asked?.at ?? Number.NaN) - (events[0]?.at ?? 0);
}

import { existsSync } from 'node:fs';
import type { RunEvent } from '../src/core/events.ts';
import { drive, layOut } from './example.ts';
import { figure, type Figure } from './figure.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * Building, testing and fixing are claimed to go from 100 / 20 / 5 to 35 / 20 / 15 by working side
 * by side (44 % less), with 30 % more failures of integration. Beside it, what a run of the example
 * shows, in which scripted agents make mistakes: how its time divides, and what was caught where.
 */
export async function reworkFigures(cli: string): Promise<Figure[]> {
  if (!existsSync(cli)) return [];
  await using folder = await temporaryFolder();
  await layOut(folder.path);
  const { events } = await drive(folder.path, 60);
  const { built, fixed, judged } = times(events);
  const sum = built + fixed + judged;
  const share = (ms: number): number => (100 * ms) / sum;
  const failed = events.filter(({ type }) => type === 'integration-failed').length;
  const verdicts = events.filter(
    (event) => event.type === 'verdict-given' && event.gate.startsWith('module:'),
  );
  const caught = verdicts.filter(
    (event) => event.type === 'verdict-given' && event.verdict !== 'PASS',
  );
  return [
    figure('rework: building', share(built), '%', null, 'claimed 80 % alone, 50 % side by side'),
    figure('rework: judging', share(judged), '%', null, 'claimed 16 % alone, 29 % side by side'),
    figure('rework: fixing', share(fixed), '%', null, 'claimed 4 % alone, 21 % side by side'),
    figure('rework: caught by evaluators', caught.length, 'submissions'),
    figure('rework: caught by integration', failed, 'failures', null, 'claimed 30 % more of them'),
  ];
}

/** Milliseconds of first attempts, of later ones, and of judgements. */
function times(events: readonly RunEvent[]) {
  const since = new Map<string, { readonly at: number; readonly first: boolean }>();
  let [built, fixed, judged] = [0, 0, 0];
  for (const event of events) {
    if (event.type === 'generation-started') {
      since.set(event.module, { at: event.at, first: event.attempt === 1 });
    } else if (event.type === 'submission-received' || event.type === 'generation-ended') {
      const start = since.get(event.module);
      if (start?.first === true) built += event.at - start.at;
      else if (start !== undefined) fixed += event.at - start.at;
    } else if (event.type === 'evaluation-started') {
      since.set(`module:${event.module}`, { at: event.at, first: true });
    } else if (event.type === 'verdict-given') {
      const start = since.get(event.gate);
      if (start !== undefined) judged += event.at - start.at;
    }
  }
  return { built, fixed, judged };
}

import { t } from '../../core/language.ts';
import { runStands } from '../actions/run-line.ts';
import { shortRun } from '../actions/short-run.ts';
import type { DeskRun } from '../../protocol/board.ts';
import { engine } from '../engine-door.ts';

/** The last run of a plan: the newest of its artifact, in its folder. */
export async function lastRunOf(
  text: string,
  folder: string,
  runs: readonly DeskRun[],
): Promise<DeskRun | undefined> {
  const there = runs.filter(({ key }) => key.folder === folder);
  if (there.length === 0) return undefined;
  const { planNames } = await engine();
  const { artifact } = await planNames(text);
  return there.find((run) => run.artifact === artifact);
}

/** `Run 7f3a: 5/8 sealed, going on · Open board` */
export function lensTitle(run: DeskRun): string {
  const { key, sealed, modules } = run;
  return t(
    'Run {0}: {1}/{2} sealed, {3} · Open board',
    ...[shortRun(key.run), sealed, modules, runStands(run)],
  );
}

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
  return `Run ${shortRun(key.run)}: ${sealed}/${modules} sealed, ${runStands(run)} · Open board`;
}

import { runStands } from '../actions/run-line.ts';
import { shortRun } from '../actions/short-run.ts';
import type { DeskRun } from '../../protocol/board.ts';
import { planNames } from './plan-names.ts';

/** The last run of a plan: the newest of its artifact, in its folder. */
export function lastRunOf(
  text: string,
  folder: string,
  runs: readonly DeskRun[],
): DeskRun | undefined {
  const { artifact } = planNames(text);
  return runs.find((run) => run.key.folder === folder && run.artifact === artifact);
}

/** `Run 7f3a: 5/8 sealed, going on · Open board` */
export function lensTitle(run: DeskRun): string {
  const { key, sealed, modules } = run;
  return `Run ${shortRun(key.run)}: ${sealed}/${modules} sealed, ${runStands(run)} · Open board`;
}

import { roughly } from '../../core/projections/words.ts';
import type { DeskRun } from '../../protocol/board.ts';
import { plainLabel } from '../native/shown-text.ts';
import { shortRun } from './short-run.ts';

/** How a run stands, in a few words; the same in lists, lenses and messages. */
export function runStands({ outcome, driver, paused, problem, needs }: DeskRun): string {
  if (problem !== null) return 'cannot be read in full';
  if (outcome !== null) return outcome;
  if (paused) return 'paused';
  if (needs > 0) return needs === 1 ? 'needs you' : `needs you, ${needs} times`;
  return driver === 'nobody' ? 'interrupted' : 'going on';
}

/** A run as an entry of a list. */
export function runLine(run: DeskRun, at: number) {
  const { key, artifact, sealed, modules, startedAt, reason } = run;
  return {
    label: `${plainLabel(artifact, 60)} ${shortRun(key.run)}`,
    description: `${sealed}/${modules} sealed · ${runStands(run)} · ${ago(at - startedAt)}`,
    detail: reason === '' ? '' : plainLabel(reason, 120),
  };
}

function ago(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  if (days >= 2) return `${days} days ago`;
  return days === 1 ? 'yesterday' : `${roughly(ms)} ago`;
}

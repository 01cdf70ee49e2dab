import type { RunState } from '../../core/state.ts';
import { speedup, type RunStatus } from '../../core/projections/run-status.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import { spentOfMoney } from '../../core/projections/money-known.ts';
import { money, tokens } from '../../core/projections/figures.ts';
import { counted, duration } from '../../core/projections/words.ts';
import { requestOf } from '../needs-you-text.ts';
import type { Arguments } from '../arguments.ts';
import { goOn } from '../go-on.ts';
import { shellWord } from '../../engine/shell-word.ts';

/** What a person reads last: what came of it, what it took, and what to type next. */
export function summary(
  status: RunStatus,
  { plan }: Pick<RunState, 'plan'>,
  program: string,
  at: number,
  given: Pick<Arguments, 'option'>,
): string[] {
  const { run, outcome, needsYou } = status;
  const report = `Report: ${program} report ${run}`;
  const spent = `Spent: ${tokens(status.spent.tokens)} tokens, ${spentOfMoney(status.spent.microUsd, money(plan.budget.microUsd), status.money)}`;
  if (outcome !== null) {
    const reason = outcome === 'complete' ? '' : `: ${oneLine(status.reason, 300)}`;
    return [
      `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}${reason}`,
      timeLine(status),
      ...resultLines(status),
      spent,
      report,
    ];
  }
  const lines = [timeLine(status), spent];
  if (needsYou.length > 0) {
    lines.unshift(`Run ${run} waits for a person:`);
    for (const need of needsYou) {
      const { says, detail, age, commands } = requestOf(need, run, program, at);
      lines.push(`! ${says}${age === null ? '' : `, for ${age}`}`);
      lines.push(...detail.map((line) => `    ${line}`));
      lines.push(...commands.map((command) => `    ${command}`));
    }
  } else lines.unshift(`Run ${run} was stopped before its end.`);
  return [...lines, `Go on: ${goOn(program, run, given)}`];
}

function timeLine(status: RunStatus): string {
  const { sealed, modules, elapsedMs, workMs } = status;
  const factor = speedup(status);
  const compared =
    factor === null
      ? ''
      : `; one after the other ${duration(workMs)} (${factor.toFixed(1)} times as long)`;
  return `${sealed} of ${counted(modules.length, 'module')} sealed in ${duration(elapsedMs)}${compared}`;
}

function resultLines({ delivered }: RunStatus): string[] {
  if (delivered === null) return [];
  const { kind, name, commit } = delivered;
  const what = oneLine(name, 300);
  if (kind === 'folder') return [`Result: folder ${what}`];
  const at = commit === null ? '' : ` (commit ${commit.slice(0, 12)})`;
  const word = shellWord(what);
  return [`Result: branch ${what}${at}`, `    git diff HEAD...${word}`, `    git merge ${word}`];
}

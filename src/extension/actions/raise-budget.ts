import { window } from 'vscode';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { budgetRows, readBound } from './budget-words.ts';
import { carryOut } from './carry-out.ts';
import { shortRun } from './short-run.ts';

export async function raiseBudget(parts: ActionParts, run: LiveRun): Promise<void> {
  const state = run.replayed?.state;
  if (state === undefined) return;
  const rows = budgetRows(state, Date.now());
  const picked = await window.showQuickPick(
    rows.map((row) => ({ label: row.name, description: row.says, row })),
    { title: `Raise which bound of run ${shortRun(run.key.run)}?` },
  );
  if (picked === undefined) return;
  const { row } = picked;
  const text = await window.showInputBox({
    title: `${row.name} of the whole run`,
    prompt: `${row.says}. The new bound in all:`,
    value: String(row.limit * 2),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const bound = readBound(typed, row);
      return typeof bound === 'string' ? bound : null;
    },
  });
  const bound = text === undefined ? null : readBound(text, row);
  if (typeof bound !== 'number') return;
  const change = { tokens: null, minutes: null, usd: null, [row.part]: bound };
  await carryOut(parts, run, { type: 'budget', ...change });
}

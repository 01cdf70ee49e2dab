import { l10n, window } from 'vscode';
import { scopeName } from '../../core/scope-name.ts';
import { isShared, type Scope } from '../../core/scopes.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { carryOut } from './carry-out.ts';
import { shortRun } from './short-run.ts';

/** Asks what to raise and to how much; `scope`: whose budget, where that was chosen before. */
export async function raiseBudget(parts: ActionParts, run: LiveRun, scope?: Scope): Promise<void> {
  const { replayed } = run;
  if (replayed === null) return;
  const { state } = replayed;
  const { budgetRows, readBound } = run.engine;
  const of = scope ?? (await pickScope(run));
  if (of === null) return;
  if (!isShared(of) && !state.graph.refs.includes(of)) {
    parts.refused(l10n.t('Run {0} has no module {1}.', shortRun(run.key.run), scopeName(of)));
    return;
  }
  const rows = budgetRows(replayed, Date.now(), of);
  const picked = await window.showQuickPick(
    rows.map((row) => ({ label: row.name, description: row.says, row })),
    { title: l10n.t('{0}: raise which bound?', budgetOf(run, of)), ignoreFocusOut: true },
  );
  if (picked === undefined) return;
  const { row } = picked;
  const text = await window.showInputBox({
    title:
      of === 'run'
        ? l10n.t('{0} of the whole run', row.name)
        : l10n.t('{0}: {1}', budgetOf(run, of), row.name),
    prompt: l10n.t('{0}. The new bound in all:', row.says),
    value: String(2 * (row.limit ?? Math.max(1, row.used))),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const bound = readBound(typed, row);
      return typeof bound === 'string' ? bound : null;
    },
  });
  const bound = text === undefined ? null : readBound(text, row);
  if (typeof bound !== 'number') return;
  const none = { tokens: null, minutes: null, usd: null, turns: null, attempts: null };
  const change = { ...none, [row.part]: bound };
  await carryOut(parts, run, { type: 'budget', scope: of, ...change });
}

async function pickScope(run: LiveRun): Promise<Scope | null> {
  const { replayed } = run;
  if (replayed === null) return null;
  const picked = await window.showQuickPick(
    run.engine.budgetChoices(replayed, Date.now()).map(({ scope, name, says }) => ({
      ...{ label: name, description: says, scope },
    })),
    {
      title: l10n.t('Raise whose budget in run {0}?', shortRun(run.key.run)),
      ignoreFocusOut: true,
    },
  );
  return picked?.scope ?? null;
}

/** `The run`, `The builders`, `Phase build`, `lexer`. */
const budgetOf = (run: LiveRun, scope: Scope): string =>
  isShared(scope) ? run.engine.scopeWords(scope) : scopeName(scope);

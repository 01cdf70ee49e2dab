import { l10n, window, workspace } from 'vscode';
import { plainLabel } from '../native/shown-text.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { shortRun } from './short-run.ts';

/** Asks for a module, tier or gate, and tells in a document why it waits. */
export async function whyFromPalette({ refused }: ActionParts, run: LiveRun): Promise<void> {
  const { replayed, engine } = run;
  if (replayed === null) {
    refused(l10n.t('Run {0} has not begun yet.', shortRun(run.key.run)));
    return;
  }
  const { moduleStatuses } = engine;
  const { gateStatuses, whyLines, whyOf } = await engine.whyTold();
  const items = [
    ...moduleStatuses(replayed.state).map(({ id, text }) => ({ label: String(id), text })),
    ...gateStatuses(replayed.state).map(({ name, text }) => ({ label: name, text })),
  ].map(({ label, text }) => ({ label, description: plainLabel(text) }));
  const title = l10n.t('Why is which module, tier or gate waiting?');
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title,
    matchOnDescription: true,
  });
  // What happened while they looked counts as well.
  const now = run.replayed ?? replayed;
  if (picked === undefined) return;
  const driven = run.driver !== 'nobody';
  const at = driven ? Math.max(engine.systemClock().now(), now.state.at) : now.state.at;
  const answer = whyOf(now, { asked: picked.label, at, driven });
  if (!answer.ok) {
    refused(answer.message);
    return;
  }
  const [first = '', ...rest] = whyLines(answer.why);
  const show = l10n.t('Show All');
  const more = rest.length === 0 ? [] : [show];
  const chosen = await window.showInformationMessage(plainLabel(first), ...more);
  if (chosen !== show) return;
  const content = `${[first, ...rest].join('\n')}\n`;
  const document = await workspace.openTextDocument({ language: 'plaintext', content });
  await window.showTextDocument(document, { preview: true });
}

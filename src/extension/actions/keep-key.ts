import { l10n, window } from 'vscode';
import { say } from '../native/say.ts';
import { anthropicKeyName } from '../runs/models.ts';
import type { ActionParts } from './action-parts.ts';

const shape = /^sk-ant-[\w-]{20,400}$/;

/** What is wrong with what was typed as a key; none of it is said again. */
export function keyFault(typed: string): string | null {
  const key = typed.trim();
  if (key === '') return l10n.t('Paste a key of the Claude Console.');
  if (shape.test(key)) return null;
  return l10n.t(
    'That is no key of Anthropic: one begins with sk-ant-, and holds letters, digits, - and _ alone.',
  );
}

/** Asks for the key and has the editor keep it in secret. False: the person has left. */
export async function setKey({
  context,
  log,
}: Pick<ActionParts, 'context' | 'log'>): Promise<boolean> {
  const typed = await window.showInputBox({
    title: l10n.t('Key for Anthropic'),
    prompt: l10n.t('Agents anthropic and claude-code use it. The editor keeps it in secret.'),
    placeHolder: 'sk-ant-…',
    password: true,
    ignoreFocusOut: true,
    validateInput: keyFault,
  });
  if (typed === undefined || keyFault(typed) !== null) return false;
  await context.secrets.store(anthropicKeyName, typed.trim());
  say(log, 'info', l10n.t('The key is kept by the editor. What starts now uses it.'));
  return true;
}

export async function removeKey({
  context,
  log,
}: Pick<ActionParts, 'context' | 'log'>): Promise<void> {
  // Deleted in any case: what cannot be read can be in the way too.
  const had = await Promise.resolve(context.secrets.get(anthropicKeyName)).catch(() => '');
  await context.secrets.delete(anthropicKeyName);
  say(
    log,
    'info',
    had === undefined
      ? l10n.t('The editor keeps no key for Anthropic.')
      : l10n.t('The key is removed. What is at work goes on with it until it ends.'),
  );
}

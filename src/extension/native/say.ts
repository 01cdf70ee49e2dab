import { l10n, window, type LogOutputChannel } from 'vscode';
import { plainMessage } from './shown-text.ts';

/** A notification is one line, and cut, until it is opened; the editor opens those with a button by itself. */
const mostInALine = 80;

export type Level = 'info' | 'warning' | 'error';

/** What is said in a button, and what it does. */
export type Button = readonly [title: string, act: () => unknown];

type Log = Pick<LogOutputChannel, 'info' | 'warn' | 'error' | 'show'>;

const show = {
  info: (text: string, titles: string[]) => window.showInformationMessage(text, ...titles),
  warning: (text: string, titles: string[]) => window.showWarningMessage(text, ...titles),
  error: (text: string, titles: string[]) => window.showErrorMessage(text, ...titles),
};

const write = { info: 'info', warning: 'warn', error: 'error' } as const;

export const outputButton = (log: Log): Button => [l10n.t('Show Output'), () => log.show(true)];

/**
 * Tells a person something that asks for nothing. Nobody is kept waiting. What is more than a line gets a
 * button to the output, which holds it too: so it stands there in full, and is still to be had once it was put away.
 */
export function say(log: Log, level: Level, message: string, maxChars?: number): void {
  const text = plainMessage(message, maxChars);
  const buttons = buttonsFor(log, text);
  if (buttons.length > 0) log[write[level]](text);
  ask(log, level, text, buttons);
}

/** Tells something with what can be done about it. Waits for nobody: a notification may stay for hours. */
export function ask(log: Log, level: Level, message: string, buttons: readonly Button[]): void {
  told(level, message, buttons).catch((error: unknown) => {
    log.error(error instanceof Error ? error : String(error));
    const why = plainMessage(error instanceof Error ? error.message : String(error));
    // An editor that closes refuses every notification: who asked again each time would never let it end.
    told('error', why, buttonsFor(log, why)).catch(() => undefined);
  });
}

async function told(level: Level, message: string, buttons: readonly Button[]): Promise<void> {
  const titles = buttons.map(([title]) => title);
  const answer = await show[level](plainMessage(message), titles);
  await buttons.find(([title]) => title === answer)?.[1]();
}

const buttonsFor = (log: Log, text: string): readonly Button[] =>
  text.length > mostInALine ? [outputButton(log)] : [];

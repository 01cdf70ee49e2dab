import { l10n, window } from 'vscode';
import { plainMessage } from '../native/shown-text.ts';
import type { ActionParts } from './action-parts.ts';
import { chooseLanguageModel, findLanguageModels, findModels } from './choose-language-model.ts';
import { setKey } from './keep-key.ts';
import { sentence } from './sentence.ts';

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** What a person can do at once about a failure; true: it is worth beginning again. */
interface Remedy {
  readonly button: () => string;
  readonly act: (parts: ActionParts) => Promise<boolean>;
}

const remedies: Readonly<Record<string, Remedy>> = {
  'no-language-model': { button: findModels, act: findLanguageModels },
  'no-chosen-model': { button: () => l10n.t('Choose Language Model…'), act: chooseLanguageModel },
  'no-key': { button: () => l10n.t('Set Key…'), act: setKey },
};

/**
 * Says why something did not begin; where what is missing can be given at once, with a button that
 * does so and then begins again.
 */
export function tellFailure(
  parts: ActionParts,
  { code, message }: Failure,
  again: () => Promise<void>,
): void {
  const says = sentence(message);
  const remedy = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  if (remedy === undefined) {
    parts.refused(says);
    return;
  }
  // Waits for nobody: a notification may stay for hours.
  offer(parts, says, remedy, again).catch((error: unknown) => {
    parts.log.error(error instanceof Error ? error : String(error));
    parts.refused(error instanceof Error ? error.message : String(error));
  });
}

async function offer(
  parts: ActionParts,
  says: string,
  remedy: Remedy,
  again: () => Promise<void>,
): Promise<void> {
  const button = remedy.button();
  const answer = await window.showErrorMessage(plainMessage(says), button);
  if (answer === button && (await remedy.act(parts))) await again();
}

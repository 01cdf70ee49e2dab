import { commands, ConfigurationTarget, l10n, lm, window, workspace } from 'vscode';
import { settings } from '../contributions.ts';
import { plainLabel } from '../native/shown-text.ts';

export const findModels = (): string => l10n.t('Find Extensions…');

/** Shows what can be installed. False: there is no model yet. */
export async function findLanguageModels(): Promise<boolean> {
  await commands.executeCommand('workbench.extensions.search', '@category:"ai"');
  return false;
}

/** Asks which of the editor's models agents are to be. False: none was chosen. */
export async function chooseLanguageModel(): Promise<boolean> {
  const models = await lm.selectChatModels();
  if (models.length === 0) {
    // Waits for nobody: a notification may stay for hours.
    const find = findModels();
    void window
      .showWarningMessage(
        l10n.t(
          'The editor offers no language model. Install an extension that brings some, sign in to it, and choose again.',
        ),
        find,
      )
      .then((answer) => (answer === find ? findLanguageModels() : false));
    return false;
  }
  const section = workspace.getConfiguration(settings.section);
  const now = section.get<unknown>(settings.languageModel);
  const items = models.map(({ vendor, id, name, maxInputTokens }) => {
    const value = `${vendor}/${id}`;
    const thousands = Math.round(maxInputTokens / 1_000);
    const detail =
      value === now
        ? l10n.t('reads up to {0} k tokens; chosen now', thousands)
        : l10n.t('reads up to {0} k tokens', thousands);
    return { label: plainLabel(name), description: plainLabel(value), detail, value };
  });
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which model do agents of vscode-lm work with?'),
    placeHolder: l10n.t(
      'Runs that start from now on use it; its extension counts and bills what they use.',
    ),
  });
  if (picked === undefined) return false;
  // Where the workspace says another, only there it would have an effect.
  const isHere = section.inspect(settings.languageModel)?.workspaceValue !== undefined;
  const target = isHere ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await section.update(settings.languageModel, picked.value, target);
  return true;
}

import { commands, ConfigurationTarget, lm, window, workspace } from 'vscode';
import { settings } from '../contributions.ts';
import { plainLabel } from '../native/shown-text.ts';

export const findModels = 'Find Extensions…';

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
    void window
      .showWarningMessage(
        'The editor offers no language model. Install an extension that brings some, sign in to it, and choose again.',
        findModels,
      )
      .then((answer) => (answer === findModels ? findLanguageModels() : false));
    return false;
  }
  const section = workspace.getConfiguration(settings.section);
  const now = section.get<unknown>(settings.languageModel);
  const items = models.map(({ vendor, id, name, maxInputTokens }) => {
    const value = `${vendor}/${id}`;
    const detail = `reads up to ${Math.round(maxInputTokens / 1_000)} k tokens${value === now ? '; chosen now' : ''}`;
    return { label: plainLabel(name), description: plainLabel(value), detail, value };
  });
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: 'Which model do agents of vscode-lm work with?',
    placeHolder:
      'Runs that start from now on use it; its extension counts and bills what they use.',
  });
  if (picked === undefined) return false;
  // Where the workspace says another, only there it would have an effect.
  const isHere = section.inspect(settings.languageModel)?.workspaceValue !== undefined;
  const target = isHere ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await section.update(settings.languageModel, picked.value, target);
  return true;
}

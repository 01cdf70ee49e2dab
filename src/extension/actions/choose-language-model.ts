import { ConfigurationTarget, lm, window, workspace } from 'vscode';
import { settings } from '../contributions.ts';
import { plainLabel } from '../native/shown-text.ts';

/** Asks which of the editor's models agents are to be. False: none was chosen. */
export async function chooseLanguageModel(): Promise<boolean> {
  const models = await lm.selectChatModels();
  if (models.length === 0) {
    void window.showWarningMessage(
      'The editor offers no language model. Install an extension that brings some, sign in to it, and choose again.',
    );
    return false;
  }
  const section = workspace.getConfiguration(settings.section);
  const now = section.get<unknown>(settings.languageModel);
  const items = models.map(({ vendor, id, name, maxInputTokens }) => {
    const value = `${vendor}/${id}`;
    const detail = `reads up to ${maxInputTokens} tokens${value === now ? '; chosen now' : ''}`;
    return { label: plainLabel(name), description: plainLabel(value), detail, value };
  });
  const picked = await window.showQuickPick(items, {
    title: 'Which model of the editor are agents of vscode-lm?',
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

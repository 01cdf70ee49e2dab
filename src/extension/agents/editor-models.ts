import type * as vscode from 'vscode';
import { counted } from '../../core/projections/words.ts';
import type { OpenedModel } from '../../engine/agents/model-service.ts';
import { editorModel } from './editor-model.ts';

/** As much of the editor as its models are asked by: given, so that what is loaded late needs no `vscode`. */
export type EditorApi = Pick<
  typeof vscode,
  | 'CancellationTokenSource'
  | 'LanguageModelChatMessage'
  | 'LanguageModelTextPart'
  | 'LanguageModelToolCallPart'
  | 'LanguageModelToolResultPart'
  | 'l10n'
> & { readonly lm: Pick<typeof vscode.lm, 'selectChatModels'> };

const choose = 'Use “Ashlar: Choose Language Model…”.';

/**
 * A language model of the editor: the one that the plan names, else the one that was chosen, else
 * the only one there is. `chosen`: '' where none was.
 */
export async function openEditorModel(
  api: EditorApi,
  name: string | null,
  chosen: string,
): Promise<OpenedModel> {
  const models = await api.lm.selectChatModels();
  if (models.length === 0) {
    return failed(
      'no-language-model',
      'the editor offers no language model: install an extension that brings some, sign in to it, and try again; or take agents from elsewhere (anthropic, claude-code)',
    );
  }
  const wanted = name ?? chosen;
  if (wanted === '') {
    const [only, ...others] = models;
    if (only !== undefined && others.length === 0) return opened(api, only);
    const count = counted(models.length, 'language model');
    return failed('no-chosen-model', `the editor offers ${count}, and none is chosen. ${choose}`);
  }
  const found = models.find((model) => nameOf(model) === wanted) ?? models.find(isNamed(wanted));
  if (found !== undefined) return opened(api, found);
  const says = `the editor offers no language model ${JSON.stringify(wanted.slice(0, 100))}`;
  return name === null
    ? failed('no-chosen-model', `${says} any more. ${choose}`)
    : failed('no-such-model', `${says}, which the plan names: correct its pool, or leave it out.`);
}

/** By its own name, where a plan does not say of which vendor. */
const isNamed =
  (wanted: string) =>
  ({ id, family }: vscode.LanguageModelChat): boolean =>
    id === wanted || family === wanted;

/** As the setting has it. */
const nameOf = ({ vendor, id }: vscode.LanguageModelChat): string => `${vendor}/${id}`;

const opened = (api: EditorApi, model: vscode.LanguageModelChat): OpenedModel => ({
  ok: true,
  model: editorModel(api, model),
});

const failed = (code: string, message: string): OpenedModel => ({ ok: false, code, message });

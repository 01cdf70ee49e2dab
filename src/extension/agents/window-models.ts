import {
  CancellationTokenSource,
  LanguageModelChatMessage,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
  l10n,
  lm,
  workspace,
} from 'vscode';
import type { EditorModels } from '../../engine/agents/model-service.ts';
import { settings } from '../contributions.ts';
import { engine } from '../engine-door.ts';

/** The language models of this window; how they are asked is loaded when the first is needed. */
export const windowEditorModels: EditorModels = {
  open: async (name) => {
    const { openEditorModel } = await engine();
    const chosen = workspace
      .getConfiguration(settings.section)
      .get<unknown>(settings.languageModel);
    const api = {
      ...{ CancellationTokenSource, LanguageModelChatMessage, LanguageModelTextPart },
      ...{ LanguageModelToolCallPart, LanguageModelToolResultPart, l10n, lm },
    };
    return openEditorModel(api, name, typeof chosen === 'string' ? chosen.trim() : '');
  },
};

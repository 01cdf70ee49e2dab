import { env, l10n } from 'vscode';
import type { Language } from '../core/language.ts';

/** What the editor speaks where there is a translation into it, and English otherwise. */
export function editorLanguage(): Language {
  const { bundle } = l10n;
  const tag = bundle === undefined ? 'en' : env.language;
  const decimalMark = new Intl.NumberFormat(tag).format(0.5).charAt(1);
  return { tag, messages: bundle ?? {}, decimalMark };
}

import { readFileSync } from 'node:fs';
import type { Language } from '../../src/core/language.ts';

/** What the editor of a German window hands to each entry. */
export const german: Language = {
  tag: 'de',
  messages: JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8')) as Record<string, string>,
  decimalMark: ',',
};

export const english: Language = { tag: 'en', messages: {}, decimalMark: '.' };

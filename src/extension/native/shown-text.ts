import { oneLine } from '../../core/projections/safe-text.ts';

/** Lies between two characters that the editor would read as one sign, and shows nothing. */
const nothing = '\u200b';

/** Text for the status bar, lists and lenses, where the editor draws `$(bell)` as an icon. */
export const plainLabel = (text: string, maxChars = 200): string =>
  oneLine(text, maxChars).replaceAll('$(', `$${nothing}(`);

/** Text for notifications, where the editor makes a link of `[Approve](command:…)`. */
export const plainMessage = (text: string, maxChars = 1_000): string =>
  oneLine(text, maxChars).replaceAll('](', `]${nothing}(`);

import { t } from '../../core/language.ts';
import type { Impact } from '../../core/projections/impact.ts';
import type { Draft } from '../../protocol/board.ts';

/** What still keeps a new version from being confirmed; null where nothing does. */
export function notYet(
  draft: Draft | null,
  reason: string,
  version: number,
  follows: Impact | { readonly refused: string },
): string | null {
  if (draft === null) return t('The contract is being opened for editing.');
  if ('refused' in follows) return `${upperFirst(follows.refused)}.`;
  if (draft.from !== version) {
    return t(
      'The draft was begun from v{0}; the contract is at v{1} by now. Discard it and begin again.',
      draft.from,
      version,
    );
  }
  if (draft.problem !== '') return upperFirst(draft.problem);
  if (draft.files.length === 0) return t('Nothing is changed yet: edit the contract and save it.');
  return reason.trim() === '' ? t('Write the reason first.') : null;
}

const upperFirst = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

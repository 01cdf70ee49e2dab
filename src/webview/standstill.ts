import { t } from '../core/language.ts';
import { useBoard, type BoardState } from './store.ts';

/**
 * Why a run can only be looked at here, in words that fit beside a button; null where it can be
 * acted on.
 */
export function standstill({ desk, moment, source, gone }: BoardState): string | null {
  if (source?.kind === 'export') return t('This is an export');
  if (source?.kind === 'file') return t('Opened from a file: read-only');
  if (gone) return t('Its folder is gone');
  if (desk?.trusted === false) return t('The workspace is restricted');
  if (moment !== null) return t('This is an earlier moment: go back to live');
  return null;
}

export const useStandstill = (): string | null => useBoard(standstill);

/** Whether there are files around the run that can be opened: one from elsewhere came without any. */
export const useHasFiles = (): boolean => useBoard(({ source, gone }) => source === null && !gone);

/** Whether somebody drives the run; at an earlier moment somebody did. */
export const useDriven = (): boolean =>
  useBoard(({ driver, moment }) => moment !== null || driver !== 'nobody');

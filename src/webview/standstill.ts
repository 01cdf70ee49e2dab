import { useBoard, type BoardState } from './store.ts';

/**
 * Why a run can only be looked at here, in words that fit beside a button; null where it can be
 * acted on.
 */
export function standstill({ desk, moment }: BoardState): string | null {
  if (desk?.trusted === false) return 'The workspace is restricted';
  if (moment !== null) return 'This is an earlier moment: go back to live';
  return null;
}

export const useStandstill = (): string | null => useBoard(standstill);

/** Whether somebody drives the run; at an earlier moment somebody did. */
export const useDriven = (): boolean =>
  useBoard(({ driver, moment }) => moment !== null || driver !== 'nobody');

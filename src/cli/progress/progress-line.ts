import { oneLine } from '../../core/projections/safe-text.ts';

/** One line that is written over where a terminal can; nothing otherwise. */
export function progressLine(write: (text: string) => void, isTty: boolean) {
  return {
    show: (says: string): void => {
      if (isTty) write(`\r\u001b[2K${oneLine(says, 78)}`);
    },
    clear: (): void => {
      if (isTty) write('\r\u001b[2K');
    },
  };
}

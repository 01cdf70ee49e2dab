import { oneLine } from './safe-text.ts';

/** How much a person cares. */
export type Weight = 'detail' | 'news' | 'alert';

/** One thing that happened, in one line. */
export interface Happening {
  readonly weight: Weight;
  readonly says: string;
}

export const detail = (says: string): Happening => ({ weight: 'detail', says });
export const news = (says: string): Happening => ({ weight: 'news', says });
export const alert = (says: string): Happening => ({ weight: 'alert', says });

/** Who did it, as events name them. */
export const who = (by: string): string => oneLine(by, 60);

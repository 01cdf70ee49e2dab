import { happening } from '../../core/projections/happening.ts';
import type { Moments } from './moments.ts';

/** Events that nobody tells of seldom follow each other in such numbers. */
const FARTHEST = 50;

/** What happened last, at a moment, that people would tell of; '' where nothing was. */
export function momentWords({ events }: Moments, moment: number): string {
  for (let index = moment - 1; index >= Math.max(0, moment - FARTHEST); index--) {
    const event = events[index];
    const told = event === undefined ? null : happening(event);
    if (told !== null) return told.says;
  }
  return '';
}

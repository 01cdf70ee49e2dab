import { pageChars } from '../../../core/projections/safe-text.ts';

/**
 * A text that is to fit on a page: whoever writes more is told once, and has one second try. What is
 * too long after that is cut where it is recorded, with a mark.
 */
export class PageLimit {
  #told = false;

  /** What to say to the agent; null where the text may be taken as it is. */
  hold(name: string, text: string): string | null {
    if (text.length <= pageChars || this.#told) return null;
    this.#told = true;
    return `${name} has ${text.length} characters, and a page has ${pageChars}. Say it shorter, the most important first; what is over a page the next time is cut off.`;
  }
}

import { useEffect, type RefObject } from 'react';
import { t } from '../../core/language.ts';
import { isOff } from '../keys/single-keys.ts';
import { useBoard } from '../store.ts';

/**
 * The keys of what needs a person: from one to the next, to its changes, and to its answers. No key decides
 * by itself: it leads to the button, where Enter confirms, or to the note that a rejection needs.
 */
export function useNeedKeys(within: RefObject<HTMLElement | null>): void {
  const say = useBoard((state) => state.say);
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      const box = within.current;
      if (box === null || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isOff(event)) return;
      const at = event.target instanceof HTMLElement ? event.target : null;
      const need = at?.closest<HTMLElement>('.need') ?? null;
      // From elsewhere, a letter is that place's own: a list goes to what begins with it.
      const isNear = at === document.body || ('jk'.includes(event.key) && box.contains(at));
      if (!isNear && (need === null || !box.contains(need))) return;
      if (event.key === 'Escape') {
        if (need === null || at === need) return;
        need.focus();
      } else if (at?.matches('input, textarea, vscode-textarea') === true) return;
      else if (!act(event.key, at, need, box, say)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, [within, say]);
}

/** Whether the key was one of these. */
function act(
  key: string,
  at: HTMLElement | null,
  need: HTMLElement | null,
  box: HTMLElement,
  say: (text: string) => void,
): boolean {
  const part = (name: string, what: string): HTMLElement | null =>
    need?.querySelector<HTMLElement>(`[data-key=${name}] ${what}`) ?? null;
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return go(box, need, 1);
    case 'k':
    case 'ArrowUp':
      return go(box, need, -1);
    case 'Enter':
      // On a button in it, Enter presses that.
      if (at !== need) return false;
      return press(part('open', 'button'));
    case 'a': {
      const button = part('approve', 'vscode-button:not([disabled])');
      if (button === null) return false;
      button.focus();
      say(t('Enter approves exactly the submission that is shown; Escape leaves it.'));
      return true;
    }
    case 'r': {
      const note = part('note', 'vscode-textarea');
      if (note === null) return false;
      note.focus();
      say(t('Write what must change; the button beside it then rejects. Escape leaves it.'));
      return true;
    }
    default:
      return false;
  }
}

function go(box: HTMLElement, from: HTMLElement | null, by: 1 | -1): boolean {
  const all = [...box.querySelectorAll<HTMLElement>('.need')];
  const index = from === null ? (by === 1 ? 0 : all.length - 1) : all.indexOf(from) + by;
  const to = all[index];
  to?.focus();
  return to !== undefined;
}

function press(button: HTMLElement | null): boolean {
  button?.click();
  return button !== null;
}

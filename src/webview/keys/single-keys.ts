import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The editor keeps it for all boards, whichever run they show; an exported page for itself. */
const KEPT_AS = 'ashlar.single-keys';

/** Where a key that is a letter or a sign is written, not pressed. */
const WRITTEN_IN = 'input, textarea, select, vscode-textarea';

/**
 * Whether letters and signs act as keys. Who speaks to their machine, or slips, can turn them off
 * (WCAG 2.2, 2.1.4): arrows, Enter, Space, Escape and what goes with Alt act all the same, and
 * everything has its button.
 */
const store = createStore<{ readonly on: boolean }>()(() => ({ on: kept() }));

/** Turned in one board, it is turned in all that are open: the page that turned it is told nothing itself. */
window.addEventListener('storage', ({ key }) => {
  if (key === KEPT_AS) store.setState({ on: kept() });
});

export const useSingleKeys = (): boolean => useStore(store, ({ on }) => on);

/** Remembered beyond this page. */
export function turnSingleKeys(on: boolean): void {
  store.setState({ on });
  try {
    localStorage.setItem(KEPT_AS, on ? 'on' : 'off');
  } catch {
    // A page without a store of its own remembers it as long as it is open.
  }
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== 'off';
  } catch {
    return true;
  }
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Whether it is a letter or a sign, and those are turned off. */
export const isOff = ({ key, altKey, ctrlKey, metaKey }: Pressed): boolean =>
  !store.getState().on && key.length === 1 && key !== ' ' && !altKey && !ctrlKey && !metaKey;

/** Whether this key was pressed alone, where nobody writes, and may act anywhere on the board. */
export function isPressedAnywhere(event: globalThis.KeyboardEvent, key: string): boolean {
  if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isOff(event)) {
    return false;
  }
  return !event
    .composedPath()
    .some((target) => target instanceof HTMLElement && target.matches(WRITTEN_IN));
}

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SetSideBySide } from '../../protocol/board.ts';
import { host } from '../host.ts';

/** What the host told last; renewed while one of the two runs goes on. */
export const comparison = createStore<{ readonly told: SetSideBySide | null }>()(() => ({
  told: null,
}));

/** Once, before anything is drawn. */
export function connectComparison(): void {
  host.connect((message) => {
    if (message.type !== 'comparison') return;
    comparison.setState({ told: message });
    // After a reload the editor hands this to whoever brings the page back.
    host.keep({ keys: message.keys });
  });
}

export const useComparison = (): SetSideBySide | null => useStore(comparison, ({ told }) => told);

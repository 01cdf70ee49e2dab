import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { parseNodeRef, type ModuleId, type NodeRef } from '../../core/ids.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { plannedRun } from '../../core/projections/planned-run.ts';
import { unreachable } from '../../core/unreachable.ts';
import type {
  KeptPreview,
  PlanTrouble,
  PreviewHostMessage,
  PreviewMessage,
} from '../../protocol/preview.ts';
import { editor, type EditorApi } from '../host.ts';
import { board, type BoardState } from '../store.ts';

/** What is shown of a plan that is being written. The graph is drawn from the board's own store. */
export interface PreviewState {
  /** As people call the plan file; '' until the host has told. */
  readonly file: string;
  readonly uri: string;
  /** The last one that could be drawn. */
  readonly plan: Plan | null;
  readonly estimates: string;
  /** null until the host has told; an empty list: `plan` is what is written. */
  readonly troubles: readonly PlanTrouble[] | null;
  readonly more: number;
  /** Builders' places instead of the plan's; null for those. */
  readonly builders: number | null;
  readonly setBuilders: (builders: number | null) => void;
}

/** The preview's end of the channel to the extension host. */
export interface PreviewLink {
  readonly store: StoreApi<PreviewState>;
  connect(): void;
  /** Shows in the editor where something is written. */
  reveal(ref: NodeRef): void;
  revealLine(line: number): void;
}

/** So many nobody has; a page of another version may have kept anything. */
export const mostBuilders = 64;

export function createPreview(
  api: () => EditorApi,
  target: { addEventListener(type: 'message', heard: (event: MessageEvent) => void): void },
  graph: StoreApi<BoardState>,
): PreviewLink {
  const post = (message: PreviewMessage): void => api().postMessage(message);
  const store = createStore<PreviewState>()((set) => ({
    ...{ file: '', uri: '', plan: null, estimates: '', troubles: null, more: 0, builders: null },
    setBuilders: (builders) => {
      set({ builders });
      keep();
    },
  }));
  const keep = (): void => {
    const { uri: plan, builders } = store.getState();
    api().setState({ plan, builders } satisfies KeptPreview);
  };
  /** The module that the cursor stands in: the drawing may be older than the text. */
  let pointed: ModuleId | null = null;

  const point = (): void => {
    const known = graph.getState().chronicle?.state.graph.moduleIndex;
    const module = pointed !== null && known?.has(pointed) === true ? pointed : null;
    if (module === graph.getState().selected) return;
    graph.setState({
      selected: module,
      ...(module === null ? {} : { focus: { module, quietly: true } }),
    });
  };

  const hear = (message: PreviewHostMessage): void => {
    switch (message.type) {
      case 'preview-of':
        store.setState({ uri: message.uri, file: message.file });
        keep();
        break;
      case 'preview-plan': {
        const { plan, estimates } = message;
        graph.setState({ chronicle: plannedRun(plan) });
        store.setState({ plan, estimates, troubles: [], more: 0 });
        point();
        break;
      }
      case 'preview-troubles':
        store.setState({ troubles: message.troubles, more: message.more });
        break;
      case 'preview-cursor': {
        const { ref } = message;
        const node = ref === null ? null : parseNodeRef(ref);
        pointed = node?.kind === 'module' ? (node.id as ModuleId) : null;
        point();
        break;
      }
      default:
        unreachable(message);
    }
  };

  return {
    store,
    connect: () => {
      store.setState({ builders: keptBuilders(api().getState()) });
      target.addEventListener('message', (event) => {
        const message: unknown = event.data;
        if (isForPreview(message)) hear(message);
      });
      post({ type: 'ready' });
    },
    reveal: (ref) => post({ type: 'preview-reveal', ref }),
    revealLine: (line) => post({ type: 'preview-reveal-line', line }),
  };
}

/** The host is trusted; other frames of the page's own editor are not the host. */
const isForPreview = (message: unknown): message is PreviewHostMessage =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  typeof message.type === 'string' &&
  message.type.startsWith('preview-');

function keptBuilders(kept: unknown): number | null {
  if (typeof kept !== 'object' || kept === null || !('builders' in kept)) return null;
  const { builders } = kept;
  const isCount = typeof builders === 'number' && Number.isSafeInteger(builders);
  return isCount && builders >= 1 && builders <= mostBuilders ? builders : null;
}

/** The one preview of this webview. */
export const preview: PreviewLink = createPreview(editor, globalThis, board.store);

/** Selectors must return what is already there: a new object each time renders for ever. */
export function usePreview<T>(selector: (state: PreviewState) => T): T {
  return useStore(preview.store, selector);
}

import type { ModuleId, NodeRef } from '../../core/ids.ts';
import { nodeOfRef } from '../../core/projections/node-words.ts';
import { board } from '../store.ts';

const found = (selector: string): HTMLElement | null => document.querySelector(selector);

/** What the focus goes to when a drawer closes: the one in its place, or else what it told of. */
export function afterDrawer(of: ModuleId | NodeRef | null): HTMLElement | null {
  return found('aside.drawer') ?? placeOf(of);
}

/** When an amendment is put away: the buttons that lead to it, or else its module. */
export const afterAmendment = (of: ModuleId | null): HTMLElement | null =>
  document.querySelector<HTMLElement>('.drawer-foot vscode-button:not([disabled])') ??
  afterDrawer(of);

/** A card, a gate or a row; where it is not drawn, what can be reached beside it. */
function placeOf(of: ModuleId | NodeRef | null): HTMLElement | null {
  const graph = board.store.getState().chronicle?.state.graph;
  if (graph === undefined || of === null) return null;
  const node = graph.moduleIndex.get(of as ModuleId) ?? nodeOfRef(graph, of as NodeRef);
  return (
    found(`#board-view [data-node="${String(node)}"]`) ??
    found('#board-view [role=treegrid] [tabindex="0"]') ??
    found('#board-view [data-node]')
  );
}

import { isName, nodeRef, parseNodeRef, type NodeKind, type NodeRef } from '../../core/ids.ts';
import { keysOf } from './yaml-place.ts';

/** Under which key of a plan what kind of thing gets its name. */
const sections: Readonly<Record<string, NodeKind>> = {
  modules: 'module',
  tiers: 'tier',
  gates: 'gate',
  streams: 'stream',
};

/** What is written at an offset of a plan's text, which need not parse; null in nothing that has a name. */
export function refAt(text: string, offset: number): NodeRef | null {
  const [section, name] = keysOf(text).findLast(({ from }) => from <= offset)?.path ?? [];
  const kind = typeof section === 'string' ? sections[section] : undefined;
  if (kind === undefined || typeof name !== 'string' || !isName(name)) return null;
  return nodeRef(kind, name);
}

/** Where something is written that has a name: its key's offsets; null where it is not. */
export function placeOfRef(
  text: string,
  ref: NodeRef,
): { readonly from: number; readonly to: number } | null {
  const { kind, id } = parseNodeRef(ref);
  const key = keysOf(text).find(({ path: [section, name, ...rest] }) => {
    const isThere = rest.length === 0 && name === id && typeof section === 'string';
    return isThere && sections[section] === kind;
  });
  return key === undefined ? null : { from: key.from, to: key.to };
}

import type { RunEvent } from '../events.ts';
import type { Digest, GateId, ModuleId, TreeId } from '../ids.ts';

/** What a submission can be compared with: the seal before it, the submission before it, the base. */
export type Side = 'seal' | 'previous' | 'base';

/** A tree that a module handed in, or took over as sealed, with what came before it. */
export interface HandedIn {
  readonly tree: TreeId;
  /** null where it was taken over from an earlier run. */
  readonly attempt: number | null;
  readonly version: number;
  /** UTC milliseconds. */
  readonly at: number;
  /** The module's seal at that time. */
  readonly seal: TreeId | null;
  /** What was handed in before it, as far as it differs. */
  readonly previous: TreeId | null;
}

/** All that a module handed in, oldest first; what is handed in twice counts once. */
export function handedIn(events: readonly RunEvent[], module: ModuleId): HandedIn[] {
  const found = new Map<TreeId, HandedIn>();
  let seal: TreeId | null = null;
  let previous: TreeId | null = null;
  for (const event of events) {
    if (!('module' in event) || event.module !== module) continue;
    if (event.type === 'submission-received' || event.type === 'seal-adopted') {
      const { tree, version, at } = event;
      const attempt = event.type === 'seal-adopted' ? null : event.attempt;
      if (!found.has(tree)) found.set(tree, { tree, attempt, version, at, seal, previous });
      previous = tree;
    }
    if (event.type === 'module-sealed' || event.type === 'seal-adopted') seal = event.tree;
  }
  return [...found.values()];
}

/** The sides on which there is something, the one that tells most first. */
export function sidesOf({ seal, previous }: HandedIn): Side[] {
  return [
    ...(seal === null ? [] : (['seal'] as const)),
    // The seal may just be what was handed in last.
    ...(previous === null || previous === seal ? [] : (['previous'] as const)),
    'base',
  ];
}

/** A version of a module that was sealed, whether it still stands or not. */
export interface SealedVersion {
  readonly seal: Digest;
  readonly tree: TreeId;
  readonly version: number;
  /** null where it was taken over from an earlier run. */
  readonly attempt: number | null;
  /** UTC milliseconds. */
  readonly at: number;
}

/** Every seal that a module ever had, the latest first; a seal that was confirmed again counts once. */
export function sealedVersions(events: readonly RunEvent[], module: ModuleId): SealedVersion[] {
  const found = new Map<Digest, SealedVersion>();
  for (const event of events) {
    if (event.type !== 'module-sealed' && event.type !== 'seal-adopted') continue;
    if (event.module !== module) continue;
    const { seal, tree, version, at } = event;
    const attempt = event.type === 'seal-adopted' ? null : event.attempt;
    found.delete(seal);
    found.set(seal, { seal, tree, version, attempt, at });
  }
  return [...found.values()].reverse();
}

/** Whether a gate ever asked a person about this. */
export const hasAsked = (events: readonly RunEvent[], gate: GateId, submission: Digest): boolean =>
  events.some(
    (event) =>
      event.type === 'approval-requested' && event.gate === gate && event.submission === submission,
  );

/** What a gate asked a person about before it asked about this; null where that is the first. */
export function askedBefore(
  events: readonly RunEvent[],
  gate: GateId,
  submission: Digest,
): Digest | null {
  let before: Digest | null = null;
  for (const event of events) {
    if (event.type !== 'approval-requested' || event.gate !== gate) continue;
    if (event.submission === submission) return before;
    before = event.submission;
  }
  return null;
}

import { l10n } from 'vscode';
import type { Digest, GateId, ModuleId } from '../../core/ids.ts';
import type { HandedIn, Side } from '../../core/projections/handed-in.ts';

/** As much of a hash as tells a submission from all others of a run. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

/** Of a tab; the tab is found again by it. */
export function gateDiffTitle(
  gate: GateId,
  submission: Digest,
  side: Exclude<Side, 'seal'>,
): string {
  const hash = shortHash(submission);
  return side === 'base'
    ? l10n.t('{0} · submission {1} against the base', gate, hash)
    : l10n.t('{0} · submission {1} against the one before', gate, hash);
}

export function submissionDiffTitle(module: ModuleId, handed: HandedIn, side: Side): string {
  const hash = shortHash(handed.tree);
  const name =
    handed.attempt === null
      ? l10n.t('{0} · taken over · {1}', module, hash)
      : l10n.t('{0} · attempt {1} · {2}', module, handed.attempt, hash);
  switch (side) {
    case 'seal':
      return l10n.t('{0} against its seal', name);
    case 'previous':
      return l10n.t('{0} against the submission before', name);
    case 'base':
      return l10n.t('{0} against the base', name);
  }
}

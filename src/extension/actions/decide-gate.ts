import { l10n, window, type Uri } from 'vscode';
import type { Digest, GateId } from '../../core/ids.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { carryOut } from './carry-out.ts';
import { openGates, type OpenGate } from './open-gates.ts';
import { shortRun } from './short-run.ts';

/** A decision on exactly the submission that the person saw. */
export interface GateDecision {
  readonly type: 'approve' | 'reject';
  readonly gate: GateId;
  readonly submission: Digest;
  readonly note: string;
}

/** A click on the board, where gate and digest are seen; a rejection needs a note all the same. */
export async function decideGate(
  parts: ActionParts,
  run: LiveRun,
  { type, gate, submission, note }: GateDecision,
): Promise<void> {
  const why = type === 'reject' && note.trim() === '' ? await askWhy(gate) : note;
  if (why === undefined) return;
  await carryOut(parts, run, { type, gate, submission, note: why.trim() });
}

/** From the palette: which gate, then what exactly and where it lands, then the decision. */
export async function approveFromPalette(parts: ActionParts, run: LiveRun): Promise<void> {
  const picked = await pickGate(parts, run, l10n.t('Which gate do you approve?'));
  if (picked !== null) await approve(parts, run, picked, true);
}

/** In the title of the diff that the person looks at: exactly what it compares, or nothing. */
export async function decideShown(
  parts: ActionParts,
  verb: GateDecision['type'],
  document: Uri | null,
): Promise<void> {
  const shown = parts.documents.shownGate(document);
  if (shown === 'several') {
    parts.refused(
      l10n.t(
        'Several editors compare files side by side, and it cannot be told in which of them you clicked. Click into the one that you mean, and decide from the Command Palette.',
      ),
    );
    return;
  }
  if (shown === null) {
    parts.refused(
      l10n.t(
        'No gate asks about what this editor compares. Open the changes again: a newer submission may have come.',
      ),
    );
    return;
  }
  const picked = { ...shown, refused: false };
  if (verb === 'approve') await approve(parts, shown.run, picked, false);
  else await reject(parts, shown.run, picked);
}

/** Says exactly what it is and where it lands, then asks. */
export async function approve(
  parts: ActionParts,
  run: LiveRun,
  picked: OpenGate,
  offersChanges: boolean,
): Promise<void> {
  const state = run.replayed?.state;
  if (state === undefined) return;
  const [yes, look] = [l10n.t('Approve'), l10n.t('Show Changes')];
  const answer = await window.showInformationMessage(
    l10n.t('Approve gate {0} of run {1}?', picked.gate, shortRun(run.key.run)),
    { modal: true, detail: run.engine.approvalDetail(state, picked) },
    ...[yes, ...(offersChanges ? [look] : [])],
  );
  if (answer === look) await parts.documents.diffApproval(run, picked);
  if (answer !== yes) return;
  await carryOut(parts, run, { type: 'approve', ...subjectOf(picked), note: '' });
}

export async function rejectFromPalette(parts: ActionParts, run: LiveRun): Promise<void> {
  const picked = await pickGate(parts, run, l10n.t('Which gate do you reject?'));
  if (picked !== null) await reject(parts, run, picked);
}

async function reject(parts: ActionParts, run: LiveRun, picked: OpenGate): Promise<void> {
  const note = await askWhy(picked.gate);
  if (note === undefined) return;
  await carryOut(parts, run, { type: 'reject', ...subjectOf(picked), note: note.trim() });
}

const subjectOf = ({ gate, submission }: OpenGate) => ({ gate, submission });

async function pickGate(
  { refused }: ActionParts,
  run: LiveRun,
  title: string,
): Promise<OpenGate | null> {
  const open = run.replayed === null ? [] : openGates(run.replayed.state);
  const [first] = open;
  if (first === undefined) {
    refused(l10n.t('No gate of run {0} waits for a decision now.', shortRun(run.key.run)));
    return null;
  }
  if (open.length === 1) return first;
  const items = open.map((gate) => ({
    label: gate.gate,
    description: gate.refused
      ? l10n.t('refused; you may take that back')
      : l10n.t('waits for a decision'),
    detail: l10n.t('Submission {0}', gate.submission),
    gate,
  }));
  return (await window.showQuickPick(items, { ignoreFocusOut: true, title }))?.gate ?? null;
}

async function askWhy(gate: GateId): Promise<string | undefined> {
  return window.showInputBox({
    title: l10n.t('Reject gate {0}', gate),
    prompt: l10n.t(
      'What must change? Builders and people read it; nothing is built again by itself.',
    ),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ''
        ? l10n.t('A rejection needs a note: nobody could act on it otherwise.')
        : null,
  });
}

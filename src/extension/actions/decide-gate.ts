import { window } from 'vscode';
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
  const picked = await pickGate(parts, run, 'Which gate do you approve?');
  const state = run.replayed?.state;
  if (picked === null || state === undefined) return;
  const [approve, look] = ['Approve', 'Show Changes'];
  const answer = await window.showInformationMessage(
    `Approve gate ${picked.gate} of run ${shortRun(run.key.run)}?`,
    { modal: true, detail: run.engine.approvalDetail(state, picked) },
    approve,
    look,
  );
  if (answer === look) await parts.documents.diffApproval(run, picked.gate);
  if (answer !== approve) return;
  await carryOut(parts, run, { type: 'approve', ...subjectOf(picked), note: '' });
}

export async function rejectFromPalette(parts: ActionParts, run: LiveRun): Promise<void> {
  const picked = await pickGate(parts, run, 'Which gate do you reject?');
  if (picked === null) return;
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
    refused(`No gate of run ${shortRun(run.key.run)} waits for a decision now.`);
    return null;
  }
  if (open.length === 1) return first;
  const items = open.map((gate) => ({
    label: gate.gate,
    description: gate.refused ? 'refused; you may take that back' : 'waits for a decision',
    detail: `Submission ${gate.submission}`,
    gate,
  }));
  return (await window.showQuickPick(items, { title }))?.gate ?? null;
}

async function askWhy(gate: GateId): Promise<string | undefined> {
  return window.showInputBox({
    title: `Reject gate ${gate}`,
    prompt: 'What must change? Builders and people read it; nothing is built again by itself.',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? 'A rejection needs a note: nobody could act on it otherwise.' : null,
  });
}

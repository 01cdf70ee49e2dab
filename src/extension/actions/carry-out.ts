import { l10n } from 'vscode';
import type { Sent } from '../../engine/person.ts';
import type { PersonRequest } from '../../engine/person-request.ts';
import type { LiveRun } from '../runs/runs.ts';
import { say } from '../native/say.ts';
import type { ActionParts } from './action-parts.ts';
import { sentence } from './sentence.ts';
import { tellFailure } from './tell-failure.ts';

/** Brings a person's request to the run, and says so where it is not carried out at once. */
export async function carryOut(
  parts: ActionParts,
  run: LiveRun,
  request: PersonRequest,
): Promise<boolean> {
  const sent = await parts.runs.send(run.key, request);
  if (sent.ok) return tellSent(parts, sent);
  tellFailure(parts, sent, async () => {
    await carryOut(parts, run, request);
  });
  return false;
}

/** True where it was taken; what the run makes of it is on the board. */
export function tellSent(
  { log, refused }: Pick<ActionParts, 'log' | 'refused'>,
  sent: Sent,
): boolean {
  if (!sent.ok) {
    refused(sentence(sent.message));
    return false;
  }
  for (const note of sent.notes ?? []) say(log, 'warning', sentence(note), 600);
  if (sent.how !== 'done') say(log, 'info', kept[sent.how]());
  return true;
}

const kept = {
  'left-for-resume': () =>
    l10n.t('Kept for the run: it is carried out as soon as somebody drives it again.'),
  'not-answered-yet': () =>
    l10n.t('Left for the run: whoever drives it is busy and has not answered yet.'),
} as const;

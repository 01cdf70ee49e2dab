import { l10n, window, type CommentReply, type CommentThread } from 'vscode';
import { moduleId, parseNodeRef, type ModuleId } from '../../core/ids.ts';
import { moduleState } from '../../core/lookup.ts';
import type { VerdictNote } from '../../core/projections/verdict-notes.ts';
import { openDraft } from '../actions/amend.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { carryOut } from '../actions/carry-out.ts';
import { pickModule } from '../actions/pick-module.ts';
import { sentence } from '../actions/sentence.ts';
import { isTrusted } from '../actions/trust.ts';
import { plainMessage } from '../native/shown-text.ts';
import { keyText } from '../runs/run-place.ts';
import type { LiveRun } from '../runs/runs.ts';
import { aboutNote } from './verdict-marks.ts';
import { dropUnsent, keepUnsent, unsentOf, type Unsent } from './unsent-replies.ts';
import { meaningOf } from './verdict-notes-shown.ts';

/** Contracts are read as a whole. */
const maxChars = 4_000;

/**
 * Has a module revised with a person's note: the note becomes the last paragraph of its contract, which
 * is amended by that, so that what is being built against the old one ends and the next builder reads it.
 * A reply to a thread is about that thread's module; from the palette it is asked which.
 */
export async function requestRevision(parts: ActionParts, given: unknown): Promise<void> {
  const before = unsentOf(given);
  if (before !== null) {
    await askAgain(parts, before);
    return;
  }
  const reply = replyOf(given);
  if (reply === null) await fromPalette(parts);
  else await keeping(reply, () => answer(parts, reply));
}

/** The editor has emptied what was written: nobody should have to write it again, whatever became of it. */
async function keeping(reply: CommentReply, take: () => Promise<boolean>): Promise<void> {
  let taken = false;
  try {
    taken = await take();
  } finally {
    if (!taken) keepUnsent(reply.thread, reply.text);
  }
}

/** What was kept is offered as it was written; it goes from the thread once it is asked for. */
async function askAgain(parts: ActionParts, { thread, text }: Unsent): Promise<void> {
  const meaning = meaningOf(thread);
  const module = meaning === null ? '' : parseNodeRef(meaning.gate).id;
  const typed = await type(module, text);
  if (typed === undefined) return;
  dropUnsent(thread, text);
  await keeping({ thread, text: typed }, () => answer(parts, { thread, text: typed }));
}

async function answer(parts: ActionParts, { thread, text }: CommentReply): Promise<boolean> {
  if (!(await isTrusted())) return false;
  const meaning = meaningOf(thread);
  const run = parts.runs.current;
  if (meaning === null || run === null || keyText(run.key) !== keyText(meaning.run)) {
    parts.refused(l10n.t('This verdict is not of the run that the window shows now.'));
    return false;
  }
  return ask(parts, run, moduleId(parseNodeRef(meaning.gate).id), text, meaning.about);
}

/** What was last typed into the palette and not asked for. */
let left: { readonly run: string; readonly module: ModuleId; readonly text: string } | null = null;

async function fromPalette(parts: ActionParts): Promise<void> {
  if (!(await isTrusted())) return;
  await parts.runs.ready;
  const run = parts.runs.current;
  if (run === null) {
    parts.refused(l10n.t('There is no run here that this could be about.'));
    return;
  }
  const title = l10n.t('Which module must be revised?');
  const module = await pickModule(
    parts,
    run,
    title,
    ({ seal, attempt }) => seal === null && attempt > 0,
  );
  if (module === null) return;
  const name = keyText(run.key);
  const text = await type(module, left?.run === name && left.module === module ? left.text : '');
  if (text === undefined) return;
  left = { run: name, module, text };
  if (await ask(parts, run, module, text, null)) left = null;
}

const type = (module: string, value: string): Thenable<string | undefined> =>
  window.showInputBox({
    title: l10n.t('Ask for a revision of {0}', module),
    prompt: l10n.t('What must change? The contract says so from then on; its builder reads it.'),
    ...{ value, ignoreFocusOut: true },
    validateInput: (typed) => (typed.trim() === '' ? l10n.t('Say what must change.') : null),
  });

/** True where it was taken. What cannot be is refused with its reason, and with what to do instead. */
async function ask(
  parts: ActionParts,
  run: LiveRun,
  module: ModuleId,
  text: string,
  about: VerdictNote | null,
): Promise<boolean> {
  const said = text.trim();
  const state = run.replayed?.state;
  if (state?.graph.moduleIndex.has(module) !== true) {
    parts.refused(l10n.t('The plan has no module {0} any more.', module));
    return false;
  }
  if (said === '') {
    parts.refused(l10n.t('Say what must change.'));
    return false;
  }
  if (said.length > maxChars) {
    parts.refused(l10n.t('That is too long: {0} characters are the most.', maxChars));
    return false;
  }
  if (moduleState(state, module).seal !== null) {
    await offerReopening(parts, run, module);
    return false;
  }
  const follows = await run.engine.followsFrom(run.events, module, 'amend');
  if ('refused' in follows) {
    parts.refused(sentence(follows.refused));
    return false;
  }
  const reason = about === null ? said : `${aboutNote(about)}${said}`;
  const yes = l10n.t('Ask for It');
  const answer = await window.showWarningMessage(
    l10n.t('Have {0} revised?', module),
    { modal: true, detail: run.engine.impactDetail(follows, reason) },
    yes,
  );
  if (answer !== yes) return false;
  return carryOut(parts, run, { type: 'amend', module, reason, contractPath: null });
}

/** A seal is not touched by a reply: it is reopened with another contract, knowingly. */
async function offerReopening(parts: ActionParts, run: LiveRun, module: ModuleId): Promise<void> {
  const reopen = l10n.t('Reopen…');
  const answer = await window.showWarningMessage(
    plainMessage(
      l10n.t(
        '{0} is sealed: it is only built again once it is reopened with a changed contract.',
        module,
      ),
    ),
    reopen,
  );
  if (answer === reopen) await openDraft(parts, run, module, 'reopen');
}

function replyOf(given: unknown): CommentReply | null {
  if (typeof given !== 'object' || given === null) return null;
  const { thread, text } = given as { thread?: unknown; text?: unknown };
  if (typeof thread !== 'object' || thread === null || typeof text !== 'string') return null;
  return { thread: thread as CommentThread, text };
}

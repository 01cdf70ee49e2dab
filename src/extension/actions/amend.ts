import { l10n, window } from 'vscode';
import type { ModuleId } from '../../core/ids.ts';
import type { Draft } from '../../protocol/board.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { tellSent } from './carry-out.ts';
import { sentence } from './sentence.ts';
import { pickModule } from './pick-module.ts';

/** The board shows what follows from it while the contract is written; the contract has the focus. */
export async function openDraft(
  { boards, drafts }: ActionParts,
  run: LiveRun,
  module: ModuleId,
  kind: Draft['kind'],
): Promise<void> {
  await boards.open(run.key, { view: 'amendment', module });
  await drafts.open(run, module, kind);
}

export async function confirmDraft(
  parts: ActionParts,
  run: LiveRun,
  module: ModuleId,
  reason: string,
): Promise<void> {
  tellSent(parts, await parts.drafts.confirm(run, module, reason));
}

/** Asks first, where something was written. */
export async function discardDraft(
  { drafts }: ActionParts,
  run: LiveRun,
  module: ModuleId,
): Promise<void> {
  await drafts.discard(run, module);
}

/** From the palette: which module, then its contract is opened for editing. */
export async function amendFromPalette(
  parts: ActionParts,
  run: LiveRun,
  kind: Draft['kind'],
): Promise<void> {
  const title =
    kind === 'reopen'
      ? l10n.t('Reopen which module?')
      : l10n.t('Amend the contract of which module?');
  const module = await pickModule(
    parts,
    run,
    title,
    ({ seal }) => (seal !== null) === (kind === 'reopen'),
  );
  if (module !== null) await openDraft(parts, run, module, kind);
}

/** A draft that a person means: the one in the active editor, or one that is picked. */
async function pickDraft(parts: ActionParts): Promise<{ run: LiveRun; draft: Draft } | null> {
  const { drafts, runs, refused } = parts;
  const uri = window.activeTextEditor?.document.uri;
  const place = uri === undefined ? null : drafts.draftOf(uri);
  const run = place === null ? runs.current : await runs.follow(place.key);
  if (run === null) {
    refused(l10n.t('There is no run here that an amendment could be of.'));
    return null;
  }
  if (place !== null) {
    const draft = await drafts.read(run, place.module);
    if (draft !== null) return { run, draft };
  }
  const open = drafts.list(run);
  const [first] = open;
  if (first === undefined) {
    refused(l10n.t('No amendment is being written. Reopen a module or amend a contract first.'));
    return null;
  }
  if (open.length === 1) return { run, draft: first };
  const items = open.map((draft) => ({
    label: draft.module,
    description:
      draft.kind === 'reopen' ? l10n.t('to be reopened') : l10n.t('contract to be amended'),
    draft,
  }));
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which amendment?'),
  });
  return picked === undefined ? null : { run, draft: picked.draft };
}

/** Asks for the reason, shows what follows, and confirms only then. */
export async function confirmFromPalette(parts: ActionParts): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document !== undefined && parts.drafts.draftOf(document.uri) !== null) await document.save();
  const picked = await pickDraft(parts);
  if (picked === null) return;
  const { run, draft } = picked;
  if (draft.problem !== '') {
    parts.refused(`${draft.module}: ${sentence(draft.problem)}`);
    return;
  }
  const reason = await window.showInputBox({
    title:
      draft.kind === 'reopen'
        ? l10n.t('Reopen {0}', draft.module)
        : l10n.t('Amend {0}', draft.module),
    prompt: l10n.t('Why? The reason is kept with the new version, and its builder reads it.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? l10n.t('An amendment needs a reason.') : null),
  });
  if (reason === undefined) return;
  const { followsFrom, impactDetail } = run.engine;
  const follows = await followsFrom(run.events, draft.module, draft.kind);
  if ('refused' in follows) {
    parts.refused(sentence(follows.refused));
    return;
  }
  const reopens = draft.kind === 'reopen';
  const yes = reopens ? l10n.t('Reopen') : l10n.t('Amend');
  const version = draft.from + 1;
  const answer = await window.showWarningMessage(
    reopens
      ? l10n.t('Reopen {0}, contract v{1}?', draft.module, version)
      : l10n.t('Amend {0}, contract v{1}?', draft.module, version),
    { modal: true, detail: impactDetail(follows, reason.trim()) },
    yes,
  );
  if (answer === yes) await confirmDraft(parts, run, draft.module, reason.trim());
}

export async function discardFromPalette(parts: ActionParts): Promise<void> {
  const picked = await pickDraft(parts);
  if (picked !== null) await discardDraft(parts, picked.run, picked.draft.module);
}

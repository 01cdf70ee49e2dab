import { l10n, window } from 'vscode';
import type { ModuleId, TreeId } from '../../core/ids.ts';
import {
  askedBefore,
  handedIn,
  hasAsked,
  sealedVersions,
  sidesOf,
  type HandedIn,
  type Side,
} from '../../core/projections/handed-in.ts';
import type { Asked } from '../../engine/run-files.ts';
import { plainLabel } from '../native/shown-text.ts';
import { shortHash } from '../documents/diff-titles.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { shortRun } from './short-run.ts';

/** From the palette: whose, which submission, and against what; only what there is a choice of is asked. */
export async function compareSubmissions(parts: ActionParts, run: LiveRun): Promise<void> {
  const state = run.replayed?.state;
  const statuses = state === undefined ? [] : run.engine.moduleStatuses(state);
  const modules = statuses.flatMap(({ id, text }) =>
    handedIn(run.events, id).length === 0
      ? []
      : [{ label: String(id), description: plainLabel(text), pick: { module: id } }],
  );
  const gates = [...(state?.gates ?? [])].flatMap(({ id, life }) =>
    'submission' in life
      ? [
          {
            label: String(id),
            description: l10n.t('approval gate'),
            pick: { gate: id, submission: life.submission },
          },
        ]
      : [],
  );
  if (modules.length + gates.length === 0) {
    parts.refused(l10n.t('Nothing was handed in yet in run {0}.', shortRun(run.key.run)));
    return;
  }
  const title = l10n.t('Compare the submissions of which module or gate?');
  const picked = await window.showQuickPick([...gates, ...modules], {
    title,
    matchOnDescription: true,
    // A board that has just been opened takes the focus when it is there.
    ignoreFocusOut: true,
  });
  if (picked === undefined) return;
  const { pick } = picked;
  if ('gate' in pick) return compareApproval(parts, run, pick);
  const submission = await pickSubmission(run, pick.module);
  if (submission !== null) await compareSubmission(parts, run, pick.module, submission.tree);
}

/** A submission that is known; asks against what, where there is more than the base. */
export async function compareSubmission(
  { documents }: ActionParts,
  run: LiveRun,
  module: ModuleId,
  tree: TreeId,
): Promise<void> {
  const handed = handedIn(run.events, module).find((each) => each.tree === tree);
  const sides = handed === undefined ? [] : sidesOf(handed);
  const title = l10n.t('Compare this submission of {0} with what?', module);
  const side = await pickSide(sides, title, handed);
  if (side !== null) await documents.diffSubmission(run, module, tree, side);
}

/** What a gate asks or asked about; against what, where it has asked before that. */
export async function compareApproval(
  { documents, refused }: ActionParts,
  run: LiveRun,
  { gate, submission }: Asked,
): Promise<void> {
  if (!hasAsked(run.events, gate, submission)) {
    refused(l10n.t('Gate {0} never asked about this submission.', gate));
    return;
  }
  const isAgain = askedBefore(run.events, gate, submission) !== null;
  const sides = isAgain ? (['previous', 'base'] as const) : (['base'] as const);
  const side = await pickSide(sides, l10n.t('Compare what {0} asks about with what?', gate));
  if (side !== null && side !== 'seal')
    await documents.diffApproval(run, { gate, submission }, side);
}

async function pickSubmission(run: LiveRun, module: ModuleId): Promise<HandedIn | null> {
  const all = handedIn(run.events, module).reverse();
  const [only, ...others] = all;
  if (others.length === 0) return only ?? null;
  const sealed = new Set(sealedVersions(run.events, module).map(({ tree }) => tree));
  const items = all.map((each) => ({
    label:
      each.attempt === null
        ? l10n.t('Taken over from an earlier run')
        : l10n.t('Attempt {0}', each.attempt),
    description: shortHash(each.tree),
    detail: sealed.has(each.tree)
      ? l10n.t('for contract v{0}, sealed', each.version)
      : l10n.t('for contract v{0}', each.version),
    each,
  }));
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which submission of {0}?', module),
    matchOnDescription: true,
  });
  return picked?.each ?? null;
}

async function pickSide(
  sides: readonly Side[],
  title: string,
  handed?: HandedIn,
): Promise<Side | null> {
  const [only, ...others] = sides;
  if (only === undefined || others.length === 0) return only ?? null;
  const names: Readonly<Record<Side, string>> = {
    seal: l10n.t('The seal before it'),
    previous: l10n.t('The submission before it'),
    base: l10n.t('The base of the run'),
  };
  const items = sides.map((side) => {
    const tree = side === 'base' ? null : (handed?.[side] ?? null);
    return { label: names[side], description: tree === null ? '' : shortHash(tree), side };
  });
  return (await window.showQuickPick(items, { title, ignoreFocusOut: true }))?.side ?? null;
}

import { l10n, lm, window } from 'vscode';
import { isModelName } from '../../core/plan/model-name.ts';
import type { PoolKind } from '../../core/plan/plan.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { plainLabel } from '../native/shown-text.ts';
import { carryOut } from './carry-out.ts';
import { shortRun } from './short-run.ts';

/** Has what serves nobody tried now, instead of when its time is over. */
export async function retryProvider(
  parts: ActionParts,
  run: LiveRun,
  provider: string | null = null,
): Promise<void> {
  await carryOut(parts, run, { type: 'retry-provider', provider });
}

/** Asks where the agents of a pool are to come from, and what model they are; `pool`: where that was chosen before. */
export async function switchAgents(
  parts: ActionParts,
  run: LiveRun,
  pool?: PoolKind,
): Promise<void> {
  const state = run.replayed?.state;
  if (state === undefined) return;
  const of = pool ?? (await pickPool(run));
  if (of === null) return;
  const { agent: now, model: is } = state.plan.pools[of];
  const all = await run.engine.knownAgents();
  // The same provider is worth a switch where its agents can be another model.
  const offered = all.filter((name) => name !== now || name !== scripted);
  const agent = await window.showQuickPick(offered, {
    ignoreFocusOut: true,
    title: l10n.t('Where do the {0} come from, from here on?', of),
    placeHolder: l10n.t('Now from {0}. Those at work go on.', is === null ? now : `${now} (${is})`),
  });
  if (agent === undefined) return;
  const picked = agent === scripted ? { model: null } : await pickModel(run, of, agent);
  if (picked === null) return;
  await carryOut(parts, run, { type: 'agents', pool: of, agent, model: picked.model });
}

const scripted = 'scripted';

/** A model by its name, or the provider's own; null: the person has left. */
interface Picked {
  readonly model: string | null;
}

async function pickModel(run: LiveRun, pool: PoolKind, agent: string): Promise<Picked | null> {
  const state = run.replayed?.state;
  if (state === undefined) return null;
  const known =
    agent === 'vscode-lm' ? await editorChoices() : await run.engine.modelChoices(state.plan, pool);
  const named = { label: l10n.t('Another…'), description: l10n.t('by its name'), model: undefined };
  const picked = await window.showQuickPick([...known, named], {
    ignoreFocusOut: true,
    title: l10n.t('Which model of {0} are the {1}, from here on?', agent, pool),
  });
  if (picked === undefined) return null;
  if (picked.model !== undefined) return { model: picked.model };
  const typed = await window.showInputBox({
    ignoreFocusOut: true,
    title: l10n.t('Which model of {0} are the {1}?', agent, pool),
    prompt: l10n.t(
      'As its provider calls it. The budget in money bounds it only where its price is known.',
    ),
    validateInput: (text) =>
      isModelName(text.trim())
        ? null
        : l10n.t('A model’s id is wanted, such as claude-sonnet-5-5.'),
  });
  return typed === undefined ? null : { model: typed.trim() };
}

async function editorChoices() {
  const models = await lm.selectChatModels();
  return [
    {
      label: l10n.t('The chosen one'),
      description: l10n.t('as Choose Language Model… says'),
      model: null,
    },
    ...models.map(({ vendor, id, name }) => {
      const model = `${vendor}/${id}`;
      return { label: plainLabel(name), description: plainLabel(model), model };
    }),
  ].filter(({ model }) => model === null || isModelName(model));
}

async function pickPool(run: LiveRun): Promise<PoolKind | null> {
  const state = run.replayed?.state;
  if (state === undefined) return null;
  const picked = await window.showQuickPick(
    run.engine.poolChoices(state).map(({ pool, agent, says }) => ({
      ...{ label: pool, description: agent, detail: says, pool },
    })),
    {
      ignoreFocusOut: true,
      title: l10n.t('Switch the agents of which pool in run {0}?', shortRun(run.key.run)),
    },
  );
  return picked?.pool ?? null;
}

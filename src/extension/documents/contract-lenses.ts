import { CodeLens, l10n, Range, workspace, type Command, type Uri } from 'vscode';
import type { ModuleId } from '../../core/ids.ts';
import { refuseAmendment, refuseReopening } from '../../core/person-rules.ts';
import { sealedVersions } from '../../core/projections/handed-in.ts';
import { treeId } from '../../core/ids.ts';
import type { RunState } from '../../core/state.ts';
import { shortRun } from '../actions/short-run.ts';
import { commands as ids, documentScheme } from '../contributions.ts';
import type { LiveRun, Runs } from '../runs/runs.ts';
import { readDocumentUri } from './document-uri.ts';

/** A contract file that is open: of a version, or as it lies in the workspace. */
interface OpenContract {
  readonly run: LiveRun;
  readonly module: ModuleId;
  /** null for the file of the workspace: it is no version until somebody amends the contract. */
  readonly version: number | null;
}

/** What stands above a contract file of a run; `shown` hears of the run. */
export async function contractLenses(
  uri: Uri,
  runs: Runs,
  shown: (run: LiveRun) => void,
): Promise<CodeLens[]> {
  const contracts =
    uri.scheme === documentScheme ? await versionsShown(uri, runs) : inWorkspace(uri, runs.current);
  for (const { run } of contracts) shown(run);
  const top = new Range(0, 0, 0, 0);
  return contracts.flatMap((each) =>
    contractCommands(each, workspace.isTrusted).map((command) => new CodeLens(top, command)),
  );
}

async function versionsShown(uri: Uri, runs: Runs): Promise<OpenContract[]> {
  const place = readDocumentUri(uri);
  if (place?.kind !== 'file') return [];
  const run = await runs.follow(place);
  const state = run?.replayed?.state;
  if (run === null || state === undefined) return [];
  return state.plan.modules.flatMap(({ id, contract }, node) => {
    if (place.path !== `contract/${contract.file}`) return [];
    const { history } = state.modules.get(node).contract;
    const shown = history.find(({ tree }) => tree === place.tree);
    return shown === undefined ? [] : [{ run, module: id, version: shown.version }];
  });
}

/** Of the current run alone: it is what people look at. */
function inWorkspace(uri: Uri, run: LiveRun | null): OpenContract[] {
  const state = run?.replayed?.state;
  if (run === null || state === undefined) return [];
  const root = `${run.folder.uri.path}/`;
  if (uri.scheme !== run.folder.uri.scheme || !uri.path.startsWith(root)) return [];
  const path = uri.path.slice(root.length);
  return state.plan.modules.flatMap(({ id, contract }) =>
    contract.file === path ? [{ run, module: id, version: null }] : [],
  );
}

/** The contract's versions, what can be done about it, and what was sealed under it. */
function contractCommands({ run, module, version }: OpenContract, isTrusted: boolean): Command[] {
  const state = run.replayed?.state;
  const node = state?.graph.moduleIndex.get(module);
  if (state === undefined || node === undefined) return [];
  const { contract } = state.modules.get(node);
  const given = [{ ...run.key, module }];
  const lens = (command: string, title: string): Command => ({ title, command, arguments: given });
  const latest = contract.version;
  const does = isTrusted ? possible(state, module) : null;
  return [
    lens(
      ids.openContract,
      version === null
        ? l10n.t('Run {0}: {1} has contract v{2}', shortRun(run.key.run), module, latest)
        : l10n.t('{0}: contract v{1} of {2}', module, version, latest),
    ),
    ...(does === 'reopen' ? [lens(ids.reopenModule, l10n.t('Reopen…'))] : []),
    ...(does === 'amend' ? [lens(ids.amendContract, l10n.t('Amend…'))] : []),
    ...(sealedVersions(run.events, module).length === 0
      ? []
      : [lens(ids.openSealed, l10n.t('Show Seal'))]),
  ];
}

/** No contract has this tree: the rules only ask whether a new contract differs from the old one. */
const anotherContract = treeId('0'.repeat(40));

function possible(state: RunState, module: ModuleId): 'amend' | 'reopen' | null {
  const of = { module, contract: anotherContract, reason: '', by: '', at: state.at };
  if (refuseReopening(state, { type: 'reopen-module', ...of }) === null) return 'reopen';
  return refuseAmendment(state, { type: 'amend-contract', ...of }) === null ? 'amend' : null;
}

import { l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { ModuleId } from '../../core/ids.ts';
import { sealedVersions, type SealedVersion } from '../../core/projections/handed-in.ts';
import type { SealedFile } from '../../engine/run-files.ts';
import { shortHash } from '../documents/diff-titles.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { LiveRun } from '../runs/runs.ts';
import type { ActionParts } from './action-parts.ts';
import { pickModule } from './pick-module.ts';

/** Module, version, file: any version that was ever sealed opens as read-only documents. */
export async function openSealed(
  parts: ActionParts,
  run: LiveRun,
  known: ModuleId | null,
): Promise<void> {
  const sealed = (module: ModuleId): SealedVersion[] => sealedVersions(run.events, module);
  const title = l10n.t('Open a sealed version of which module?');
  const module = known ?? (await pickModule(parts, run, title, ({ id }) => sealed(id).length > 0));
  if (module === null) return;
  const version = await pickVersion(run, module, sealed(module));
  if (version === null) {
    if (sealed(module).length === 0) parts.refused(l10n.t('{0} was never sealed.', module));
    return;
  }
  const file = await pickFile(parts, run, module, version);
  if (file !== null) await parts.documents.openFile(run, file.tree, file.path);
}

async function pickVersion(
  run: LiveRun,
  module: ModuleId,
  versions: readonly SealedVersion[],
): Promise<SealedVersion | null> {
  const [only, ...others] = versions;
  if (others.length === 0) return only ?? null;
  const state = run.replayed?.state;
  const node = state?.graph.moduleIndex.get(module);
  const stands = node === undefined ? null : state?.modules.get(node).seal?.digest;
  const items = versions.map((each) => ({
    label: l10n.t('Contract v{0}', each.version),
    description: shortHash(each.seal),
    detail: detailOf(each, each.seal === stands),
    each,
  }));
  const picked = await window.showQuickPick(items, {
    ignoreFocusOut: true,
    title: l10n.t('Which sealed version of {0}?', module),
    matchOnDescription: true,
  });
  return picked?.each ?? null;
}

function detailOf({ attempt }: SealedVersion, stands: boolean): string {
  if (attempt === null) {
    return stands
      ? l10n.t('taken over from an earlier run; it stands')
      : l10n.t('taken over from an earlier run; it was replaced');
  }
  return stands
    ? l10n.t('sealed at attempt {0}; it stands', attempt)
    : l10n.t('sealed at attempt {0}; it was replaced', attempt);
}

async function pickFile(
  { documents }: ActionParts,
  run: LiveRun,
  module: ModuleId,
  version: SealedVersion,
): Promise<SealedFile | null> {
  const found = await documents.sealedFiles(run, module, version);
  const titles: Readonly<Record<SealedFile['part'], string>> = {
    files: l10n.t('What was sealed'),
    contract: l10n.t('The contract it was held to'),
    tests: l10n.t('The tests that decided'),
  };
  const items = (['files', 'contract', 'tests'] as const).flatMap((part) => {
    const own = found.filter((each) => each.part === part);
    return own.length === 0
      ? []
      : [
          { label: titles[part], kind: QuickPickItemKind.Separator, file: null },
          ...own.map((file): QuickPickItem & { file: SealedFile } => ({
            label: plainLabel(file.name, 400),
            file,
          })),
        ];
  });
  const title = l10n.t('{0}, contract v{1}: which file?', module, version.version);
  const picked = await window.showQuickPick<QuickPickItem & { file: SealedFile | null }>(items, {
    ignoreFocusOut: true,
    title,
  });
  return picked?.file ?? null;
}

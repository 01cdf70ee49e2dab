import { homedir } from 'node:os';
import { l10n, Uri, window, workspace, type QuickPickItem } from 'vscode';
import type { PluginChange, PluginPlan } from '../../engine/claude-plugin/lay-plugin.ts';
import type { PluginPlace } from '../../engine/claude-plugin/plugin-folder.ts';
import { engine } from '../engine-door.ts';
import { say } from '../native/say.ts';
import { plainLabel } from '../native/shown-text.ts';
import type { ActionParts } from './action-parts.ts';
import { isTrusted } from './trust.ts';

/** Asks where, says what would be written or removed, and does that where it is confirmed. */
export async function installClaudeCommands({
  context,
  log,
}: Pick<ActionParts, 'context' | 'log'>): Promise<void> {
  if (!(await isTrusted())) return;
  const { claudePlugin } = await engine();
  const { layPlugin, planLaying, planRemoving, removePlugin, usualFolder } = await claudePlugin();
  const place = await pickPlace(usualFolder);
  if (place === null) return;
  const source = { packageFolder: context.extensionPath };
  const [laying, removing] = [await planLaying(source, place), await planRemoving(place)];
  const changed = paths(laying, 'changed');
  const written = laying.changes.filter(({ what }) => what !== 'same' && what !== 'changed');
  const [install, replace, remove] = [
    l10n.t('Install'),
    l10n.t('Replace Changed Files Too'),
    l10n.t('Remove'),
  ];
  const offers = [
    ...(written.length > 0 ? [install] : []),
    ...(changed.length > 0 ? [replace] : []),
    ...(removing.changes.length > 0 ? [remove] : []),
  ];
  const says =
    written.length === 0 && changed.length === 0
      ? l10n.t('The commands for Claude Code are in {0}, as they should be.', laying.folder)
      : l10n.t('Install the commands for Claude Code in {0}?', laying.folder);
  const detail = details(laying);
  const answer = await window.showInformationMessage(says, { modal: true, detail }, ...offers);
  if (answer === install || answer === replace) {
    await layPlugin(source, place, { force: answer === replace });
    await tellInstalled(laying);
  }
  if (answer === remove) {
    const kept = paths(await removePlugin(place, { force: false }), 'changed');
    say(
      log,
      'info',
      kept.length === 0
        ? l10n.t('The commands for Claude Code are removed.')
        : l10n.t(
            'The commands are removed, but for what was changed by hand: {0}',
            kept.join(', '),
          ),
    );
  }
}

interface Choice extends QuickPickItem {
  readonly place: PluginPlace | null;
}

async function pickPlace(usualFolder: string): Promise<PluginPlace | null> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const items: Choice[] = [
    ...folders.map(({ name, uri }) => ({
      label: plainLabel(l10n.t('In {0}', name)),
      detail: l10n.t('{0}: for whoever works with Claude Code in this folder', usualFolder),
      place: { workspace: uri.fsPath, folder: usualFolder },
    })),
    {
      label: l10n.t('In My Home Folder'),
      detail: l10n.t('~/{0}: for all that you do with Claude Code', usualFolder),
      place: { workspace: homedir(), folder: usualFolder },
    },
    { label: l10n.t('Another Folder…'), place: null },
  ];
  const title = l10n.t('Install the commands for Claude Code where?');
  const picked = await window.showQuickPick(items, { ignoreFocusOut: true, title });
  if (picked === undefined) return null;
  if (picked.place !== null) return picked.place;
  const chosen = await window.showOpenDialog({
    ...{ canSelectFiles: false, canSelectFolders: true, title },
    openLabel: l10n.t('Install Here'),
  });
  const uri = chosen?.[0];
  return uri === undefined ? null : { workspace: uri.fsPath, folder: 'ashlar' };
}

function details(plan: PluginPlan): string {
  const parts: (readonly [PluginChange['what'], (names: string) => string])[] = [
    ['new', (names) => l10n.t('New: {0}', names)],
    ['update', (names) => l10n.t('Brought up to date: {0}', names)],
    ['remove', (names) => l10n.t('No longer needed, removed: {0}', names)],
    ['changed', (names) => l10n.t('Changed by hand, left alone: {0}', names)],
  ];
  const lines = parts.flatMap(([what, line]) => {
    const names = paths(plan, what);
    return names.length === 0 ? [] : [line(names.join(', '))];
  });
  return lines.join('\n\n');
}

const paths = ({ changes }: PluginPlan, what: PluginChange['what']): string[] =>
  changes.filter((change) => change.what === what).map(({ path }) => path);

async function tellInstalled({ folder }: PluginPlan): Promise<void> {
  const show = l10n.t('Show What It Does');
  const answer = await window.showInformationMessage(
    l10n.t(
      'Claude Code loads the commands with its next session: /ashlar:ce-plan and others. The same command of the palette removes them again.',
    ),
    show,
  );
  if (answer !== show) return;
  await window.showTextDocument(Uri.joinPath(Uri.file(folder), 'README.md'));
}

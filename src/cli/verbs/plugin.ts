import { isAbsolute, relative } from 'node:path';
import { oneLine } from '../../core/projections/safe-text.ts';
import { counted } from '../../core/projections/words.ts';
import {
  layPlugin,
  planLaying,
  planRemoving,
  removePlugin,
  usualFolder,
  type PluginPlan,
} from '../../engine/claude-plugin/lay-plugin.ts';
import { refuse } from '../refuse.ts';
import type { Verb } from '../verb.ts';

export const plugin: Verb = async ({ terminal, workspace, packageFolder, program }, given) => {
  const from = packageFolder();
  if (from === null) return refuse(terminal, 'plugin: the files of this program are not there');
  const source = { packageFolder: from };
  const place = { workspace, folder: given.positional('folder') ?? usualFolder };
  const [removing, dry] = [given.flag('remove'), given.flag('dry-run')];
  const how = { force: given.flag('force') };
  const plan = removing
    ? await (dry ? planRemoving(place) : removePlugin(place, how))
    : await (dry ? planLaying(source, place) : layPlugin(source, place, how));
  const { folder, changes } = plan;
  const kept = how.force ? [] : changes.filter(({ what }) => what === 'changed');
  if (given.flag('json')) {
    terminal.out(`${JSON.stringify({ folder, removing, dryRun: dry, changes }, null, 2)}\n`);
  } else {
    terminal.out(`${shownFolder(workspace, folder)}\n`);
    for (const { path, what } of changes) terminal.out(`  ${what.padEnd(7)}  ${oneLine(path)}\n`);
    terminal.out(`${closing(plan, { removing, dry, kept: kept.length }, program)}\n`);
  }
  return kept.length === 0 ? 0 : 1;
};

const shownFolder = (workspace: string, folder: string): string => {
  const path = relative(workspace, folder);
  return oneLine(path.startsWith('..') || isAbsolute(path) ? folder : path);
};

function closing(
  { changes }: PluginPlan,
  { removing, dry, kept }: { removing: boolean; dry: boolean; kept: number },
  program: string,
): string {
  const touched = changes.filter(({ what }) => what !== 'same').length - kept;
  const left =
    kept === 0
      ? ''
      : `; ${counted(kept, 'file')} changed by hand ${dry ? 'would be' : 'was'} left alone (--force gives that up)`;
  if (removing) return `${counted(touched, 'file')} ${dry ? 'would be removed' : 'removed'}${left}`;
  const written = `${counted(touched, 'file')} ${dry ? 'would be written' : 'written'}${left}`;
  if (dry) return written;
  return `${written}\nClaude Code loads them with its next session here, once the folder is trusted: /ashlar:ce-plan; \`${program} plugin --remove\` takes them away`;
}

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { oneLine } from '../../../core/projections/safe-text.ts';
import { errorCode } from '../../journal/durable.ts';

/** The SDK has Node run these, so that they need not be programs themselves. */
const script = /\.[cm]?[jt]sx?$/i;

/** Why what a person named cannot be started as Claude Code, and what to do; null where it can. */
export async function executableFault(
  named: string,
  path: string,
  saidBy = 'ASHLAR_CLAUDE_EXECUTABLE',
): Promise<string | null> {
  // On Windows what is started may have one of several endings.
  if (process.platform === 'win32' && !/[\\/.]/.test(named)) return null;
  const isBare = !/[\\/]/.test(named);
  const places = isBare ? path.split(delimiter).map((folder) => join(folder, named)) : [named];
  let why = 'it is not on the PATH';
  for (const place of places) {
    const fault = await faultOf(place);
    if (fault === null) return null;
    if (!isBare) why = fault;
  }
  return `${saidBy} names ${oneLine(named, 200)}, which is no program that can be run: ${why}; name the \`claude\` of yours, or leave that out to use the one that comes with the SDK`;
}

async function faultOf(place: string): Promise<string | null> {
  try {
    if (!(await stat(place)).isFile()) return 'it is no file';
    await access(place, script.test(place) ? constants.R_OK : constants.X_OK);
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
    return code === 'EACCES'
      ? 'it may not be executed'
      : `it cannot be looked at (${String(code)})`;
  }
}

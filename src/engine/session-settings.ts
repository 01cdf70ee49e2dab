import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeText } from './run-folder.ts';

/** How a run was started, beside its plan: what a resume goes on with unless it is told otherwise. */
export interface SessionSettings {
  /** From the workspace. */
  readonly planFile: string;
  /** Absolute; null where no script is needed. */
  readonly script: string | null;
  /** The provider that stands in for those of the plan; null: as the plan says. */
  readonly agents: string | null;
}

const name = 'settings.json';

export const writeSettings = (runFolder: string, settings: SessionSettings): Promise<void> =>
  writeText(runFolder, name, `${JSON.stringify(settings, null, 2)}\n`);

/** null where there are none, or none that can be read: the caller's defaults stand. */
export async function readSettings(runFolder: string): Promise<SessionSettings | null> {
  try {
    const text = await readFile(join(runFolder, name), 'utf8');
    const { planFile, script, agents } = JSON.parse(text) as Partial<SessionSettings>;
    if (typeof planFile !== 'string') return null;
    return {
      planFile,
      script: typeof script === 'string' ? script : null,
      agents: typeof agents === 'string' ? agents : null,
    };
  } catch {
    return null;
  }
}

import { join } from 'node:path';
import { setUpEnvironment } from './gates/environment.ts';
import type { Redaction } from './gates/redaction.ts';
import type { GateRoomOptions } from './gate-room.ts';
import type { PreparedEnvironment } from './perform/world.ts';
import { cacheFolder } from './store/cache-folder.ts';

export type EnvironmentOutcome =
  | { readonly ok: true; readonly prepared: PreparedEnvironment }
  | { readonly ok: false; readonly code: string; readonly message: string };

const timeoutMs = 15 * 60_000;

/** Sets up what a plan's environment provides, from the inputs as they are in the base. */
export async function prepareEnvironment(
  options: GateRoomOptions,
  redact: Redaction,
): Promise<EnvironmentOutcome> {
  const { plan, folders, run, base, mode, onProgress, signal } = options;
  const { environment } = plan;
  if (environment === null) return { ok: true, prepared: { digest: null, provided: [] } };
  await using folder = await folders.create(run, 'environment', base);
  const setUp = await setUpEnvironment(
    {
      environment,
      folder: folder.path,
      cacheFolder: join(cacheFolder(), 'environments'),
      effect: `${run}/environment`,
      sandbox: mode,
      timeoutMs,
      onProgress: (line) => onProgress(`set-up: ${redact(line)}`),
    },
    signal,
  );
  if (setUp.ok) {
    const { digest, provided } = setUp;
    return { ok: true, prepared: { digest, provided } };
  }
  const { code, message, output } = setUp;
  const tail = redact(output).split('\n').slice(-5).join(' / ');
  return { ok: false, code, message: output === '' ? message : `${message}: ${tail}` };
}

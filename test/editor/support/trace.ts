import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedEditor } from '../../../scripts/editor/serve.mjs';
import type { EditorWindow } from './window.ts';

const root = join(import.meta.dirname, '../../..');

/** What a failed test leaves in `build/traces`: the page, its console, the logs of the editor. */
export async function keepTrace(
  test: string,
  window: EditorWindow,
  { server, state }: { readonly server: ServedEditor; readonly state: string },
): Promise<void> {
  const folder = join(root, 'build/traces', test.replaceAll(/[^\w-]+/g, '-').slice(0, 100));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.allSettled([
    window.page.screenshot({ path: join(folder, 'page.png') }),
    writeFile(join(folder, 'console.txt'), window.said.join('\n')),
    cp(server.log, join(folder, 'server.log')),
    ...(await logs(join(state, 'user/logs'))).map(([from, name]) => cp(from, join(folder, name))),
  ]);
  process.stdout.write(`a trace of the failure is in ${folder}\n`);
}

/** Of all extension hosts, ours first in their names. */
async function logs(folder: string): Promise<[string, string][]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names
    .filter((name) => /(exthost|remoteagent)[^/]*\.log$|Ashlar[^/]*\.log$/.test(name))
    .map((name) => [join(folder, name), name.replaceAll('/', '--')]);
}

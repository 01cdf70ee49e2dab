import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { provideBrowser, type BrowserProgram } from '../../../scripts/editor/browser.mjs';
import { provideEditor } from '../../../scripts/editor/install.mjs';
import type { EditorProgram } from '../../../scripts/editor/serve.mjs';

/** What the tests in a real editor run with; made once for all of them. */
export interface Provision {
  readonly vsix: string;
  readonly editor: EditorProgram;
  readonly browser: BrowserProgram;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Or why these tests cannot run here. */
    provision: Provision | string;
  }
}

const root = join(import.meta.dirname, '../../..');

export async function setup(project: TestProject): Promise<void> {
  const vsix = packaged();
  try {
    project.provide('provision', {
      vsix,
      editor: await provideEditor(),
      browser: await provideBrowser(),
    });
  } catch (error) {
    // Without a network, or on a system that neither has a browser nor gets one.
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(`\nSKIPPED: the tests in a real editor: ${reason}\n\n`);
    project.provide('provision', reason);
  }
}

/** As `npm run package` makes it, from the sources as they are now. */
function packaged(): string {
  const { status } = spawnSync(process.execPath, ['scripts/package.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the extension could not be packaged; see above');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return join(root, 'build', `ashlar-${version}.vsix`);
}

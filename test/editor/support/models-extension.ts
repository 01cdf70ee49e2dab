import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');

/** Packs the extension that brings language models, and hands on the packed file. */
export async function packModels(): Promise<string> {
  const folder = join(root, 'build/models-extension');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/editor/models/extension.ts'],
    outfile: join(folder, 'extension.cjs'),
    bundle: true,
    external: ['vscode'],
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const manifest = {
    ...{ name: 'loopback-models', publisher: 'ashlar-tests', version: '0.0.0' },
    displayName: 'Loopback Models',
    engines: { vscode: '^1.105.0' },
    main: './extension.cjs',
    activationEvents: ['onLanguageModelChatProvider:loopback'],
    // For consent alone.
    enabledApiProposals: ['chatProvider'],
    contributes: {
      languageModelChatProviders: [{ vendor: 'loopback', displayName: 'Loopback' }],
    },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const vsix = join(root, 'build/models-extension.vsix');
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const asked = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vsce, 'package', '--out', vsix, ...asked],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the models could not be packed:\n${stdout}${stderr}`);
  return vsix;
}

import assert from 'node:assert/strict';
import { commands as registry, extensions, workspace, type Extension } from 'vscode';
import { commands, settings } from '../../../src/extension/contributions.ts';
import type { HostTest } from './suite.ts';

function ashlar(): Extension<unknown> {
  const extension = extensions.getExtension('ashlar.ashlar');
  assert.ok(extension, 'ashlar.ashlar is not installed');
  return extension;
}

export const activationTests: readonly HostTest[] = [
  {
    title: 'a folder with a plan activates the extension, and nobody has to ask for it',
    run: async () => {
      const extension = ashlar();
      await extension.activate();
      assert.equal(extension.isActive, true);
    },
  },
  {
    title: 'every command that it contributes is registered',
    run: async () => {
      await ashlar().activate();
      const registered = new Set(await registry.getCommands(true));
      const missing = Object.values(commands).filter((command) => !registered.has(command));
      assert.deepEqual(missing, []);
    },
  },
  {
    title: 'every setting has a default of its own',
    run: async () => {
      const { section, ...names } = settings;
      const configuration = workspace.getConfiguration(section);
      for (const name of Object.values(names)) {
        assert.notEqual(configuration.inspect(name)?.defaultValue, undefined, name);
      }
    },
  },
];

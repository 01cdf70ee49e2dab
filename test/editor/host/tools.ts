import assert from 'node:assert/strict';
import { commands, lm, LanguageModelTextPart } from 'vscode';
import { languageModelTools } from '../../../src/extension/contributions.ts';
import type { HostTest } from './suite.ts';

async function used(name: string, input: object): Promise<string> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
}

/** What models of the editor are offered. */
export const toolTests: readonly HostTest[] = [
  {
    title: 'every tool of ours is there for models',
    run: async () => {
      const known = await commands.getCommands(true);
      assert.ok(known.includes('ashlar.why'));
      const ours = lm.tools.map(({ name }) => name).filter((name) => name.startsWith('ashlar_'));
      const all = languageModelTools.map((name) => `ashlar_${name}`);
      assert.deepEqual(ours.toSorted(), all.toSorted());
    },
  },
  {
    title: 'a tool that only looks answers without asking anybody',
    run: async () => {
      assert.match(await used('ashlar_status', {}), /no run was started in this folder/);
      assert.match(await used('ashlar_why', { module: '../x' }), /names no module/);
    },
  },
];

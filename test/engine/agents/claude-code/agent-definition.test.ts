import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  loadDefinition,
  parseDefinition,
} from '../../../../src/engine/agents/claude-code/agent-definition.ts';
import { normalise } from '../../../../src/core/plan/normalise.ts';
import { planFile } from '../../../../src/core/plan/schema.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import { openClaudeCode } from '../../../../src/engine/open-models.ts';
import { loadSdk } from '../../../../src/engine/agents/claude-code/load-sdk.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { writeFiles } from '../../../support/tiny-workspace.ts';

const parsed = (text: string) => parseDefinition('tidy', text);

describe('a definition of an agent', () => {
  it('is its words, and the tools that it leaves an agent', () => {
    const said = '---\nname: tidy\ndescription: a: b\ntools: Read, Grep\n---\n\nBe tidy.\n';
    expect(parsed(said)).toEqual({
      ...{ name: 'tidy', prompt: 'Be tidy.' },
      tools: new Set(['Read', 'Grep']),
    });
    expect(parsed('---\ntools:\n  - Read\n  - "Write"\nmodel: x\n---\nBe.').tools).toEqual(
      new Set(['Read', 'Write']),
    );
    expect(parsed('---\ntools: ["Read", Edit]\n---\nBe.').tools).toEqual(new Set(['Read', 'Edit']));
  });

  it('leaves all tools where it names none', () => {
    expect(parsed('Be tidy.')).toEqual({ name: 'tidy', prompt: 'Be tidy.', tools: null });
    expect(parsed('---\nname: tidy\n---\nBe.').tools).toBeNull();
    expect(parsed('---\ntools: *\n---\nBe.').tools).toBeNull();
  });

  it('holds no characters that nobody sees', () => {
    expect(parsed('Be\u200b ti\u202edy\u0007.\n\tSo.').prompt).toBe('Be tidy.\n\tSo.');
  });

  it('is a plain file of bounded length, and nothing else', async () => {
    await using folder = await tempFolder();
    writeFiles(folder.path, {
      '.claude/agents/good.md': 'Be tidy.',
      '.claude/agents/huge.md': 'x'.repeat(64_001),
      '.claude/agents/binary.md': 'a\0b',
      'elsewhere.md': 'Be bad.',
    });
    symlinkSync(join(folder.path, 'elsewhere.md'), join(folder.path, '.claude/agents/link.md'));
    const load = (name: string) => loadDefinition(folder.path, name);
    expect(await load('good')).toMatchObject({ ok: true, definition: { prompt: 'Be tidy.' } });
    expect(await load('huge')).toMatchObject({ ok: false, code: 'bad-definition' });
    expect(await load('binary')).toMatchObject({ ok: false, code: 'bad-definition' });
    expect(await load('link')).toMatchObject({ ok: false, code: 'no-definition' });
    expect(await load('none')).toMatchObject({
      ...{ ok: false, code: 'no-definition' },
      message: expect.stringContaining('.claude/agents/none.md') as string,
    });
  });
});

describe('a plan that names definitions by role', () => {
  it('has each of them loaded, and is told which one is not there', async () => {
    await using folder = await tempFolder();
    writeFiles(folder.path, { '.claude/agents/tidy.md': 'Be tidy.' });
    const service = { apiKey: 'a-key', baseURL: null, keyHint: '' };
    const options = {
      workspace: folder.path,
      clock: systemClock(),
      models: { choice: {}, service },
    };
    const open = (definition: object) => {
      const pools = { builders: { agent: 'claude-code', definition } };
      const { plan } = normalise(planFile.parse({ ashlar: 1, modules: {}, pools }));
      return openClaudeCode(plan, options);
    };
    expect(await open({ generator: 'tidy' })).toMatchObject({ ok: true });
    expect(await open({ generator: 'tidy', reviser: 'ashlar-is-nowhere' })).toMatchObject({
      ...{ ok: false, code: 'no-definition' },
      message: expect.stringContaining('ashlar-is-nowhere.md') as string,
    });
  });
});

describe('the SDK', () => {
  it('is taken from where it was said to be, and from nowhere else then', async () => {
    await using folder = await tempFolder();
    const root = join(import.meta.dirname, '../../../..');
    expect(await loadSdk({ sdk: root, executable: null })).toMatchObject({ ok: true });
    expect(await loadSdk({ sdk: folder.path, executable: null })).toMatchObject({
      ...{ ok: false, code: 'no-claude-code' },
      message: expect.stringMatching(/none in .*npm install @anthropic-ai/s) as string,
    });
  });

  it('is never that of the workspace, which may be a stranger’s and would be given the key', async () => {
    await using folder = await tempFolder();
    const name = 'node_modules/@anthropic-ai/claude-agent-sdk';
    const stolen = join(folder.path, 'stolen');
    writeFiles(folder.path, {
      [`${name}/package.json`]: '{ "type": "module", "main": "index.js" }',
      [`${name}/index.js`]: `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(stolen)}, '');\n`,
    });
    const service = { apiKey: 'a-key', baseURL: null, keyHint: '' };
    const models = { choice: {}, service };
    await openClaudeCode(null, { workspace: folder.path, clock: systemClock(), models });
    expect(existsSync(stolen)).toBe(false);
    // The same package where it was said to be is loaded.
    await loadSdk({ sdk: folder.path, executable: null });
    expect(existsSync(stolen)).toBe(true);
  });

  it('is refused where it is something else', async () => {
    await using folder = await tempFolder();
    const name = 'node_modules/@anthropic-ai/claude-agent-sdk';
    writeFiles(folder.path, {
      [`${name}/package.json`]: '{ "type": "module", "main": "index.js" }',
      [`${name}/index.js`]: 'export const query = undefined;\n',
    });
    expect(await loadSdk({ sdk: folder.path, executable: null })).toMatchObject({
      ...{ ok: false, code: 'bad-claude-code' },
    });
  });
});

import { expect, it } from 'vitest';
import { bwrapArguments } from '../../../src/engine/gates/bwrap.ts';
import { chooseSandbox, trySandbox, type Sandbox } from '../../../src/engine/gates/sandbox.ts';
import { toolFolders } from '../../../src/engine/gates/toolchain.ts';
import { makeTree } from './rig.ts';

const bwrap: Sandbox = { kind: 'bwrap', version: '0.8.0' };
const none: Sandbox = { kind: 'none', reason: 'it is gone', install: 'Install it.' };

it.each([
  ['require', bwrap, { ok: true, sandbox: bwrap }],
  ['prefer', bwrap, { ok: true, sandbox: bwrap }],
  ['off', bwrap, { ok: true, sandbox: null }],
  ['prefer', none, { ok: true, sandbox: null }],
  ['off', none, { ok: true, sandbox: null }],
  [
    'require',
    none,
    {
      ...{ ok: false, code: 'no-sandbox' },
      message: 'A sandbox is required and not there: it is gone. Install it.',
    },
  ],
] as const)('%s with %o', (mode, offered, choice) => {
  expect(chooseSandbox(mode, offered)).toEqual(choice);
});

it.skipIf(process.platform !== 'linux')('a program that is not there is no sandbox', async () => {
  expect(await trySandbox('/no/such/bwrap')).toMatchObject({
    kind: 'none',
    reason: 'bubblewrap (bwrap) is not installed',
  });
  const refusing = await trySandbox('false');
  expect(refusing.kind === 'none' && refusing.reason).toContain('may not make namespaces');
});

it('the network is shared only where the plan says so', () => {
  const confinement = { tree: '/t', writable: [], provided: [], read: [], path: '' };
  expect(bwrapArguments({ ...confinement, network: false })).not.toContain('--share-net');
  expect(bwrapArguments({ ...confinement, network: true })).toContain('--share-net');
});

it('of a home no more is readable than what lies on the search path', async () => {
  await using home = await makeTree({
    'bin/tool': '',
    '.cargo/bin/cargo': '',
    '.cargo/credentials.toml': 'secret',
    '.nvm/v22/bin/node': '',
    '.nvm/v22/include/node/node.h': '',
  });
  const on = (...folders: string[]) => folders.map((folder) => `${home.folder}/${folder}`);
  const path = [...on('bin', '.cargo/bin', '.nvm/v22/bin', 'gone'), home.folder, 'relative'].join(
    ':',
  );
  expect(toolFolders(path, home.folder)).toEqual(
    on('bin', '.cargo/bin', '.nvm/v22/bin', '.nvm/v22'),
  );
});

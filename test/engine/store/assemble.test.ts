import { describe, expect, it } from 'vitest';
import type { TreeId } from '../../../src/core/ids.ts';
import { amendContract } from '../../../src/engine/store/amend-contract.ts';
import { assemble } from '../../../src/engine/store/assemble.ts';
import {
  contractTree,
  type ContractOutcome,
  type ContractTree,
} from '../../../src/engine/store/contract-tree.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { contentsOf, scratch, takeBaseOf, type Scratch } from './scratch.ts';

const lexer = {
  file: 'contracts/lexer.md',
  tests: ['tests/lexer/**'],
  stub: ['stubs/lexer/**'],
};

const files = {
  'w/README.md': 'readme',
  'w/contracts/lexer.md': 'lexer v1',
  'w/src/lexer/index.js': 'base lexer',
  'w/src/lexer/extra.js': 'base extra',
  'w/src/parser/index.js': 'base parser',
  'w/stubs/lexer/src/lexer/index.js': 'stub lexer',
  'w/tests/lexer/a.test.js': 'test a',
  'w/tests/lexer/data/b.txt': 'data\r\n',
};

async function based(dir: Scratch): Promise<{ store: Store; base: TreeId }> {
  dir.write(files);
  const store = await Store.open(dir.at('w'));
  return { store, base: (await takeBaseOf(store)).tree };
}

function expectOk(outcome: ContractOutcome): ContractTree {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.contract;
}

async function putFiles(store: Store, contents: Readonly<Record<string, string>>): Promise<TreeId> {
  const entries = Object.entries(contents).map(async ([path, text]) => {
    return { path, mode: '100644' as const, oid: await store.putBlob(Buffer.from(text)) };
  });
  return store.putTree(await Promise.all(entries));
}

describe('a contract tree', () => {
  it('holds contract, tests and stub, the stub folder stripped', async () => {
    using dir = scratch();
    const { store, base } = await based(dir);
    await using _store = store;
    const contract = expectOk(await contractTree(store, base, lexer));
    expect(await contentsOf(store, contract.tree)).toEqual({
      'contract/contracts/lexer.md': 'lexer v1',
      'stub/src/lexer/index.js': 'stub lexer',
      'tests/tests/lexer/a.test.js': 'test a',
      'tests/tests/lexer/data/b.txt': 'data\r\n',
    });
    expect(contract.testFiles).toEqual(['tests/lexer/a.test.js', 'tests/lexer/data/b.txt']);
    expect(contract.stubFiles).toEqual(['src/lexer/index.js']);
  });

  it.each([
    ['contract-missing', { ...lexer, file: 'contracts/none.md' }],
    ['no-tests', { ...lexer, tests: ['tests/none/**'] }],
    ['no-stub', { ...lexer, stub: ['stubs/nothing/**'] }],
  ])('is refused as %s', async (code, plan) => {
    using dir = scratch();
    const { store, base } = await based(dir);
    await using _store = store;
    expect(await contractTree(store, base, plan)).toMatchObject({ ok: false, failure: { code } });
  });

  it('is amended by a new text, or by files of the contract', async () => {
    using dir = scratch();
    const { store, base } = await based(dir);
    await using _store = store;
    const first = expectOk(await contractTree(store, base, lexer));
    const text = expectOk(
      await amendContract(store, first.tree, lexer, { type: 'text', text: 'lexer v2' }),
    );
    const amended = await amendContract(store, text.tree, lexer, {
      type: 'files',
      files: [
        { path: 'tests/lexer/new.test.js', content: Buffer.from('new') },
        { path: 'tests/lexer/a.test.js', content: null },
        { path: 'stubs/lexer/src/lexer/index.js', content: Buffer.from('stub 2') },
      ],
    });
    expect(await contentsOf(store, expectOk(amended).tree)).toEqual({
      'contract/contracts/lexer.md': 'lexer v2',
      'stub/src/lexer/index.js': 'stub 2',
      'tests/tests/lexer/data/b.txt': 'data\r\n',
      'tests/tests/lexer/new.test.js': 'new',
    });
  });

  it.each([
    'src/lexer/index.js',
    'tests/parser/a.js',
    '../tests/lexer/x',
    'tests/lexer/../../x',
    '/tests/lexer/x',
  ])('is not amended by %s', async (path) => {
    using dir = scratch();
    const { store, base } = await based(dir);
    await using _store = store;
    const { tree } = expectOk(await contractTree(store, base, lexer));
    const change = { type: 'files' as const, files: [{ path, content: Buffer.from('x') }] };
    expect(await amendContract(store, tree, lexer, change)).toMatchObject({
      ok: false,
      failure: { code: 'not-of-contract' },
    });
  });
});

describe('an assembled tree', () => {
  it('is base without owned paths, then seals and stubs, the submission, the tests last', async () => {
    using dir = scratch();
    const { store, base } = await based(dir);
    await using _store = store;
    const contract = expectOk(await contractTree(store, base, lexer));
    const submission = await putFiles(store, {
      'src/parser/index.js': 'submitted parser',
      'tests/lexer/a.test.js': 'forged',
      'tests/lexer/data': 'a file where the contract has a folder',
    });
    const parts = {
      base,
      remove: ['src/lexer/**', 'src/parser/**'],
      layers: [{ tree: contract.tree, as: 'contract-stub' as const }],
      submission,
      contracts: [contract.tree],
    };
    const tree = await assemble(store, parts);
    expect(await contentsOf(store, tree)).toEqual({
      'README.md': 'readme',
      'contracts/lexer.md': 'lexer v1',
      'src/lexer/index.js': 'stub lexer',
      'src/parser/index.js': 'submitted parser',
      'stubs/lexer/src/lexer/index.js': 'stub lexer',
      'tests/lexer/a.test.js': 'test a',
      'tests/lexer/data/b.txt': 'data\r\n',
    });
    expect(await assemble(store, parts)).toBe(tree);
  });

  it('takes a seal before a stub where the seal comes later, and nothing where there is neither', async () => {
    using dir = scratch();
    const { store, base } = await based(dir);
    await using _store = store;
    const contract = expectOk(await contractTree(store, base, lexer));
    const seal = await putFiles(store, { 'src/lexer/index.js': 'sealed lexer' });
    const parts = { base, remove: ['src/lexer/**'], submission: null, contracts: [] };
    const stub = { tree: contract.tree, as: 'contract-stub' as const };
    const sealed = await assemble(store, { ...parts, layers: [stub, { tree: seal, as: 'owned' }] });
    expect((await store.readFile(sealed, 'src/lexer/index.js'))?.toString()).toBe('sealed lexer');
    const without = await assemble(store, { ...parts, layers: [] });
    expect(await store.readFile(without, 'src/lexer/index.js')).toBeNull();
    expect(await store.readFile(without, 'src/parser/index.js')).not.toBeNull();
  });
});

import { expect, it } from 'vitest';
import { nodeTestFiles, stripsTypes } from '../../../../src/engine/gates/reporters/node-targets.ts';
import { makeTree } from '../rig.ts';

const files = [
  'tests/lexer/a.test.js',
  'tests/lexer/deep/test-b.mjs',
  'tests/lexer/helper.js',
  'tests/lexer/typed.test.ts',
  'tests/lexer/typed.test.d.ts',
  'tests/node_modules/x/x.test.js',
  'tests/.hidden/x.test.js',
  'src/test/anything.cjs',
  'src/test.js',
  'src/contest.js',
];
const tree = (): ReturnType<typeof makeTree> =>
  makeTree(Object.fromEntries(files.map((file) => [file, ''])));

it.each([
  ['a folder', ['tests/lexer'], ['tests/lexer/a.test.js', 'tests/lexer/deep/test-b.mjs']],
  [
    'a folder written otherwise',
    ['./tests/lexer/'],
    ['tests/lexer/a.test.js', 'tests/lexer/deep/test-b.mjs'],
  ],
  ['a file, whatever it is called', ['tests/lexer/helper.js'], ['tests/lexer/helper.js']],
  ['a pattern', ['tests/**/*.js'], ['tests/lexer/a.test.js', 'tests/lexer/helper.js']],
  ['one file named twice', ['src', 'src/test.js'], ['src/test.js', 'src/test/anything.cjs']],
  ['what is not there', ['tests/gone'], ['tests/gone']],
  [
    'nothing',
    [],
    [
      'src/test.js',
      'src/test/anything.cjs',
      'tests/lexer/a.test.js',
      'tests/lexer/deep/test-b.mjs',
    ],
  ],
])('%s names its test files', async (_, targets, expected) => {
  await using root = await tree();
  expect(await nodeTestFiles(root.folder, targets, false)).toEqual(expected);
});

it('TypeScript counts where Node runs it', async () => {
  await using root = await tree();
  const found = await nodeTestFiles(root.folder, ['tests/lexer'], true);
  expect(found).toContain('tests/lexer/typed.test.ts');
  expect(found).not.toContain('tests/lexer/typed.test.d.ts');
  expect(
    ['v20.19.0', 'v22.17.9', 'v22.18.0', 'v23.5.0', 'v23.6.0', 'v24.0.0', null].map(stripsTypes),
  ).toEqual([false, false, true, false, true, true, false]);
});

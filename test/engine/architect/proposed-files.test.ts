import { describe, expect, it } from 'vitest';
import { planningLimits } from '../../../src/engine/agents/bound-planning.ts';
import { sortFiles } from '../../../src/engine/architect/proposed-files.ts';

const file = (path: string, text = 'x') => ({ path, text });

describe('files that an architect proposes', () => {
  it('are kept where they only tell and test', () => {
    const files = ['spec/a.md', 'tests/a/b.test.js', 'contracts/a.md', 'stubs/a/src/a.js'].map(
      (path) => file(path),
    );
    expect(sortFiles(files, ['README.md'])).toEqual({ kept: files, problems: [] });
  });

  it.each([
    ['../out.md', 'holds the segment ..'],
    ['/etc/passwd', 'is absolute'],
    ['C:/out.md', 'starts with a drive letter'],
    ['tests\\out.md', 'holds a backslash'],
    ['tests/../../out.md', 'holds the segment ..'],
    ['.git/hooks/post-checkout', 'lies inside .git'],
    ['tests/.git/config', 'lies inside .git'],
    ['.ce-workspace/runs/x', 'lies inside .ce-workspace'],
    ['.vscode/tasks.json', 'lies elsewhere'],
    ['package.json', 'lies elsewhere'],
    ['tests', 'lies elsewhere'],
    ['src/index.js', 'lies elsewhere'],
    ['node_modules/a/index.js', 'lies elsewhere'],
    ['tests/node_modules/a.js', 'lies in node_modules'],
    ['tests/.npmrc', 'is hidden'],
    ['tests/*.js', 'is a pattern'],
    ['tests/a\u0000.js', 'holds a control character'],
    ['tests/con.md', 'a device on Windows'],
    ['tests/there.js', 'is there already'],
    ['TESTS/There.js', 'lies elsewhere'],
    ['tests/There.js', 'is there already'],
    ['tests/there.js/below.js', 'lies below a file'],
    ['tests/folder', 'is there already'],
  ])('%s is left out', (path, why) => {
    const { kept, problems } = sortFiles([file(path)], ['tests/there.js', 'tests/folder/a.js']);
    expect(kept).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(why);
  });

  it('do not lie on top of each other', () => {
    const { kept, problems } = sortFiles(
      [file('tests/a'), file('tests/A'), file('tests/a/b'), file('spec/x/y'), file('spec/x')],
      [],
    );
    expect(kept.map(({ path }) => path)).toEqual(['tests/a', 'spec/x/y']);
    expect(problems).toHaveLength(3);
  });

  it('are bounded, each and together', () => {
    const long = 'x'.repeat(planningLimits.fileChars + 1);
    expect(sortFiles([file('spec/a', long)], []).problems[0]).toContain('is over 65536');
    const many = Array.from({ length: planningLimits.files + 1 }, (_, n) => file(`spec/${n}`));
    expect(sortFiles(many, []).kept).toHaveLength(planningLimits.files);
    const large = Array.from({ length: 20 }, (_, n) => file(`spec/${n}`, long.slice(1)));
    expect(sortFiles(large, []).kept).toHaveLength(12);
    expect(sortFiles([file('spec/a', 'a\0b')], []).problems[0]).toContain('is no text');
  });
});

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TreeId } from '../../../src/core/ids.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { readSubmission, type Submission } from '../../../src/engine/store/submission.ts';
import { WorkFolders } from '../../../src/engine/store/work-folder.ts';
import { contentsOf, run, scratch, takeBaseOf, type Scratch } from './scratch.ts';

interface Filled {
  readonly store: Store;
  readonly path: string;
  readonly given: TreeId;
}

/** A work folder filled from a small base, in which a script then does what a builder would. */
async function built(dir: Scratch, script: string): Promise<Filled> {
  dir.write({
    'w/src/a/old.js': 'old\n',
    'w/src/b/other.js': 'other\n',
    'w/tests/a.test.js': 'test\n',
    'w/.gitignore': 'ignored\n*.log\n',
    'w/.gitattributes': '* text=auto filter=evil\n',
    'outside/secret': 'secret\n',
  });
  const store = await Store.open(dir.at('w'));
  const { tree } = await takeBaseOf(store);
  const folders = await WorkFolders.open(store, dir.at('cache'));
  const { path } = await folders.create(run, 'a-1', tree);
  dir.shell(path.slice(dir.path.length + 1), script);
  return { store, path, given: tree };
}

const limits = { files: 20, bytes: 10_000 };

const read = ({ store, path, given }: Filled, more: object = {}): Promise<Submission> =>
  readSubmission(store, path, {
    owns: ['src/a/**'],
    given,
    provided: ['node_modules'],
    limits,
    ...more,
  });

const says = (submission: Submission): string[] =>
  submission.problems.map((problem) => problem.says).sort();

describe('a submission', () => {
  it('is the owned files as they lie there: ignored ones, exact bytes, executable bits, inner links', async () => {
    using dir = scratch();
    const filled = await built(
      dir,
      `cd src/a; rm old.js; printf 'x\\r\\ny\\n' > crlf.js; echo log > deep.log; mkdir ignored; echo i > ignored/i
       echo run > run; chmod +x run; ln -s crlf.js link; ln -s ../b/other.js up; ln -s not-there dangling`,
    );
    await using store = filled.store;
    const submission = await read(filled);
    expect(await contentsOf(store, submission.tree)).toEqual({
      'src/a/crlf.js': 'x\r\ny\n',
      'src/a/dangling': '-> not-there',
      'src/a/deep.log': 'log\n',
      'src/a/ignored/i': 'i\n',
      'src/a/link': '-> crlf.js',
      'src/a/run*': 'run\n',
      'src/a/up': '-> ../b/other.js',
    });
    expect(submission).toMatchObject({ files: 7, outside: [], outsideCount: 0, problems: [] });
  });

  it('names what was changed, added or deleted outside the owned paths, and leaves it out', async () => {
    using dir = scratch();
    const filled = await built(
      dir,
      `echo hacked > tests/a.test.js; rm src/b/other.js; echo new > new.js; chmod +x .gitignore
       mkdir node_modules; echo given > node_modules/x; rm .gitattributes; ln -s .gitignore .gitattributes`,
    );
    await using store = filled.store;
    const submission = await read(filled);
    expect(submission.outside).toEqual([
      '.gitattributes',
      '.gitignore',
      'new.js',
      'src/b/other.js',
      'tests/a.test.js',
    ]);
    expect(await contentsOf(store, submission.tree)).toEqual({ 'src/a/old.js': 'old\n' });
  });

  it('does not hold against the builder what tools drop outside and the given rules ignore', async () => {
    using dir = scratch();
    const filled = await built(
      dir,
      `mkdir -p ignored src/b/ignored; echo x > ignored/x; echo x > src/b/ignored/y; echo x > b.log; echo x > c.tmp
       echo '*.tmp' > src/b/.gitignore; echo x > src/b/d.tmp; mkdir :odd; echo x > ':odd/e.log'`,
    );
    await using _store = filled.store;
    expect((await read(filled)).outside).toEqual(['c.tmp', 'src/b/.gitignore', 'src/b/d.tmp']);
  });

  it('holds links that leave the folder against the builder, and follows none', async () => {
    using dir = scratch();
    const filled = await built(
      dir,
      `cd src/a; ln -s '${dir.at('outside/secret')}' absolute; ln -s ../../../../outside/secret up
       ln -s loop2 loop1; ln -s loop1 loop2; ln -s ../.. root; ln -s root/../x chained; ln -s . self; ln -s self/self/old.js fine`,
    );
    await using store = filled.store;
    const submission = await read(filled);
    expect(says(submission)).toEqual([
      'src/a/absolute is a link that leaves the folder.',
      'src/a/chained is a link that leaves the folder.',
      'src/a/loop1 is a link that leads in circles.',
      'src/a/loop2 is a link that leads in circles.',
      'src/a/up is a link that leaves the folder.',
    ]);
    expect(Object.keys(await contentsOf(store, submission.tree))).toEqual([
      'src/a/fine',
      'src/a/old.js',
      'src/a/root',
      'src/a/self',
    ]);
  });

  it('holds nested repositories, pipes and sockets against the builder', async () => {
    using dir = scratch();
    const filled = await built(
      dir,
      `cd src/a; git init -q nested; mkdir -p x/.GIT/hooks; echo 'gitdir: /tmp' > x/.git
       mkfifo pipe; git -C ../.. init -q`,
    );
    await using store = filled.store;
    const submission = await read(filled);
    expect(says(submission)).toEqual([
      '.git is, or belongs to, a repository of its own.',
      'src/a/nested/.git is, or belongs to, a repository of its own.',
      'src/a/pipe is neither a file nor a link.',
      'src/a/x/.GIT is, or belongs to, a repository of its own.',
      'src/a/x/.git is, or belongs to, a repository of its own.',
    ]);
    expect(Object.keys(await contentsOf(store, submission.tree))).toEqual(['src/a/old.js']);
  });

  it('holds names against the builder that not every system can keep apart or write down', async () => {
    using dir = scratch();
    const filled = await built(
      dir,
      `cd src/a; echo x > OLD.js; mkdir Dir dir; echo x > Dir/x; echo y > dir/y; echo x > 'new
line'; echo x > "$(printf 'bad\\377')"; echo x > "$(printf 'esc\\033[2J')"; echo x > aux.txt; echo x > 'c:d'`,
    );
    await using _store = filled.store;
    const submission = await read(filled);
    expect(submission.problems).toHaveLength(7);
    const all = says(submission).join('\n');
    expect(all).toContain('src/a/OLD.js is the same as src/a/old.js on some systems.');
    expect(all).toMatch(
      /src\/a\/(Dir\/x|dir\/y) is the same as src\/a\/(Dir|dir) on some systems\./,
    );
    expect(all).toContain('src/a/new\\u{a}line holds a control character.');
    expect(all).toContain('has a name that is not UTF-8');
    expect(all).not.toContain('\u001b');
    expect(submission.files).toBe(2);
  });

  it('is bounded in files and in bytes', async () => {
    using dir = scratch();
    const filled = await built(
      dir,
      'cd src/a; i=0; while [ $i -lt 30 ]; do echo $i > f$i; i=$((i+1)); done',
    );
    await using store = filled.store;
    expect(says(await read(filled))).toEqual(['The submission has 31 files; 20 are allowed.']);
    const few = await read(filled, { limits: { files: 100, bytes: 50 } });
    expect(says(few)).toEqual([
      expect.stringMatching(/^The submission has \d+ bytes; 50 are allowed\.$/),
    ]);
    expect(await contentsOf(store, few.tree)).toEqual({});
  });

  it('takes a given file back unchanged even where its name would not do for a new one', async () => {
    using dir = scratch();
    dir.write({ 'w/src/a/aux.txt': 'device', 'w/src/a/Old.js': 'twin' });
    const filled = await built(dir, 'true');
    await using _store = filled.store;
    expect(await read(filled)).toMatchObject({ files: 3, problems: [], outside: [] });
  });

  it('is not read from a folder that has become a link', async () => {
    using dir = scratch();
    const filled = await built(dir, 'true');
    await using _store = filled.store;
    dir.shell('.', `rm -r '${filled.path}'; ln -s '${dir.at('outside')}' '${filled.path}'`);
    await expect(read(filled)).rejects.toMatchObject({ code: 'unsafe-folder' });
    expect(existsSync(dir.at('outside/secret'))).toBe(true);
  });
});

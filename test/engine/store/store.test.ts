import { existsSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digest } from '../../../src/core/ids.ts';
import { runGit } from '../../../src/engine/store/git.ts';
import { runRef } from '../../../src/engine/store/ref-name.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { verifyObjects } from '../../../src/engine/store/verify.ts';
import { run, scratch, type Scratch } from './scratch.ts';

async function storeIn(dir: Scratch): Promise<Store> {
  dir.write({ 'w/file': 'x' });
  return Store.open(dir.at('w'));
}

describe('a store', () => {
  it('writes objects as git does, and reads them back', async () => {
    using dir = scratch();
    await using store = await storeIn(dir);
    const oid = await store.putBlob(Buffer.from('hello\n'));
    expect(oid).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
    const tree = await store.putTree([
      { path: 'a/b', mode: '100755', oid },
      { path: 'a-b', mode: '100644', oid },
      { path: 'a.b', mode: '120000', oid },
    ]);
    await store.keepTree(runRef(run, 'tree'), tree);
    expect(dir.git('w', '--git-dir', store.gitDir, 'fsck', '--full', '--strict')).toBe('');
    expect((await store.listTree(tree)).map(({ path }) => path)).toEqual(['a-b', 'a.b', 'a/b']);
    expect((await store.readFile(tree, 'a/b'))?.toString()).toBe('hello\n');
    expect(await store.readFile(tree, 'a')).toBeNull();
  });

  it('keeps what a run refers to through a collection, and nothing else', async () => {
    using dir = scratch();
    await using store = await storeIn(dir);
    const record = await store.putJson(run, { b: 1, a: [true, null, 'ü'], left: undefined });
    const lost = await store.putBlob(Buffer.from('lost'));
    dir.git('w', '--git-dir', store.gitDir, 'gc', '-q', '--prune=now');
    expect(await store.readJson(run, record.digest)).toEqual({ a: [true, null, 'ü'], b: 1 });
    expect((await store.putJson(run, { a: [true, null, 'ü'], b: 1 })).digest).toBe(record.digest);
    await expect(store.readBlob(lost)).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.readJson(run, digest('0'.repeat(64)))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('sets, lists and deletes refs, together or not at all', async () => {
    using dir = scratch();
    await using store = await storeIn(dir);
    const oid = await store.putBlob(Buffer.from('x'));
    const [head, seal] = [runRef(run, 'head'), runRef(run, 'seals', 'lexer')];
    await Promise.all([store.setRef(head, oid), store.setRef(seal, oid)]);
    expect(await store.listRefs(runRef(run))).toEqual([
      { ref: head, oid },
      { ref: seal, oid },
    ]);
    const missing = '1'.repeat(40);
    const both = [
      { ref: runRef(run, 'new'), oid },
      { ref: seal, oid: missing },
    ];
    await expect(store.setRefs(both)).rejects.toMatchObject({ code: 'git-failed' });
    expect(await store.readRef(runRef(run, 'new'))).toBeNull();
    expect(await store.readRef(seal)).toBe(oid);
    await store.deleteRefs(runRef(run));
    expect(await store.listRefs(runRef(run))).toEqual([]);
    for (const ref of [
      'refs/heads/main',
      'refs/ashlar/../heads/x',
      'refs/ashlar/a b',
      `${head}.lock`,
    ]) {
      await expect(async () => store.setRef(ref, oid)).rejects.toMatchObject({ code: 'bad-name' });
    }
  });

  it('gets over a lock that a killed git has left, and respects a fresh one', async () => {
    using dir = scratch();
    await using store = await storeIn(dir);
    const oid = await store.putBlob(Buffer.from('x'));
    const ref = runRef(run, 'head');
    await store.setRef(ref, oid);
    const lock = `${store.gitDir}/${ref}.lock`;
    writeFileSync(lock, '');
    const other = await store.putBlob(Buffer.from('y'));
    await expect(store.setRef(ref, other)).rejects.toMatchObject({ code: 'git-failed' });
    utimesSync(lock, 1, 1);
    await store.setRef(ref, other);
    expect(await store.readRef(ref)).toBe(other);
    expect(existsSync(lock)).toBe(false);
  });

  it('is finished by the next start where the first was killed half-way', async () => {
    using dir = scratch();
    {
      await using store = await storeIn(dir);
      dir.shell(
        'w',
        `rm '${store.gitDir}/config' '${store.gitDir}/HEAD'; rm .ce-workspace/.gitignore`,
      );
    }
    await using store = await Store.open(dir.at('w'));
    await store.setRef(runRef(run, 'head'), await store.putBlob(Buffer.from('x')));
    expect(readFileSync(dir.at('w/.ce-workspace/.gitignore'), 'utf8')).toBe('*\n');
    const config = dir.git('w', '--git-dir', store.gitDir, 'config', '--list');
    for (const line of [
      'core.fsync=all',
      'gc.auto=0',
      'maintenance.auto=false',
      'core.bare=true',
    ]) {
      expect(config).toContain(line);
    }
  });

  it('is not made through a link', async () => {
    using dir = scratch();
    dir.write({ 'w/a': 'a', 'elsewhere/b': 'b' });
    symlinkSync(dir.at('elsewhere'), dir.at('w/.ce-workspace'));
    await expect(Store.open(dir.at('w'))).rejects.toMatchObject({ code: 'unsafe-folder' });
  });

  it('ends a git whose signal is aborted, with a code that says so', async () => {
    using dir = scratch();
    const signal = AbortSignal.abort();
    const waiting = runGit({ cwd: dir.path, args: ['version'], signal });
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('verifying a run', () => {
  it('names what is missing, what is not what it was and what cannot be read, by its place', async () => {
    using dir = scratch();
    let ids: string[];
    {
      await using store = await storeIn(dir);
      ids = await Promise.all(['a', 'b', 'c', 'd'].map((text) => store.putBlob(Buffer.from(text))));
      const entries = ids.map((oid, index) => ({
        path: `src/${index}`,
        mode: '100644' as const,
        oid,
      }));
      await store.keepTree(runRef(run, 'seals', 'lexer'), await store.putTree(entries));
      expect(await verifyObjects(store, run)).toEqual([]);
    }
    const [missing = '', changed = '', broken = '', fine = ''] = ids.map(
      (oid) => `.ce-workspace/store.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`,
    );
    dir.shell(
      'w',
      `chmod -R u+w .ce-workspace; rm ${missing}; cp ${fine} ${changed}; echo garbage > ${broken}`,
    );
    await using store = await Store.open(dir.at('w'));
    const findings = await verifyObjects(store, run);
    expect(findings.sort()).toEqual([
      `seals/lexer/src/0: object ${ids[0] ?? ''} is missing or cannot be read`,
      `seals/lexer/src/1: the content of object ${ids[1] ?? ''} is not what was stored`,
      `seals/lexer/src/2: object ${ids[2] ?? ''} is missing or cannot be read`,
    ]);
  });
});

import { execFileSync } from 'node:child_process';
import {
  mkdir,
  readdir,
  readFile,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import { awaitAnswer, putCommand } from '../../../src/engine/journal/inbox-client.ts';
import { newCommandId, type CommandId } from '../../../src/engine/journal/inbox-folder.ts';
import { Inbox, type InboxOptions } from '../../../src/engine/journal/inbox.ts';
import { childProgram, startChild } from '../../support/child-program.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const clock = new VirtualClock(Date.now());

async function watch(folder: string, change: Partial<InboxOptions> = {}) {
  const taken: [CommandId, string][] = [];
  const opened = await Inbox.watch(folder, {
    clock,
    answered: new Map(),
    onCommand: (id, { type }) => taken.push([id, type]),
    ...change,
  });
  if (!opened.ok) throw new Error(opened.code);
  return { inbox: opened.inbox, taken };
}

async function put(folder: string, type: string): Promise<CommandId> {
  const outcome = await putCommand(folder, { type }, { clock });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.id;
}

async function reasons(folder: string): Promise<string[]> {
  const refused = join(folder, 'inbox', 'refused');
  const names = (await readdir(refused)).filter((name) => name.endsWith('.reason.json'));
  const texts = await Promise.all(
    names.sort().map((name) => readFile(join(refused, name), 'utf8')),
  );
  return texts.map((text) => (JSON.parse(text) as { code: string }).code).sort();
}

describe('a command', () => {
  it('is handed on once, in the order of giving, and is gone when it is answered', async () => {
    await using folder = await tempFolder();
    const before = [await put(folder.path, 'pause'), await put(folder.path, 'resume')];
    const { inbox, taken } = await watch(folder.path);
    await using _inbox = inbox;
    await inbox.catchUp();
    const later = await put(folder.path, 'approve');
    for (let look = 0; look < 3; look += 1) await inbox.catchUp();
    expect(taken).toEqual([
      [before[0], 'pause'],
      [before[1], 'resume'],
      [later, 'approve'],
    ]);
    for (const [id] of taken) await inbox.answer(id, { accepted: true, seq: 7 });
    expect(await readdir(join(folder.path, 'inbox'))).toEqual(['answers', 'refused']);
    await inbox.catchUp();
    expect(taken).toHaveLength(3);
    const options = { clock, timeoutMs: 1_000 };
    expect(await awaitAnswer(folder.path, later, options)).toEqual({ accepted: true, seq: 7 });
  });

  it('waits for the next driver, unless the journal has its answer', async () => {
    await using folder = await tempFolder();
    const [done, open] = [await put(folder.path, 'pause'), await put(folder.path, 'resume')];
    const first = await watch(folder.path);
    await first.inbox.catchUp();
    await first.inbox[Symbol.asyncDispose](); // dies between the journal and the answer
    const { inbox, taken } = await watch(folder.path, { answered: new Map([[done, 12]]) });
    await using _inbox = inbox;
    await inbox.catchUp();
    expect(taken).toEqual([[open, 'resume']]);
    const options = { clock, timeoutMs: 1_000 };
    expect(await awaitAnswer(folder.path, done, options)).toEqual({ accepted: true, seq: 12 });
  });

  it('from another process arrives, and its answer goes back', async () => {
    await using folder = await tempFolder();
    await using bin = await tempFolder();
    const program = await childProgram('commander', bin.path);
    const opened = await Inbox.watch(folder.path, {
      clock: systemClock(),
      answered: new Map(),
      onCommand: (id, { type }) => {
        const refusal = { accepted: false, code: 'not-now', message: 'Later.' } as const;
        void opening.answer(id, type === 'pause' ? { accepted: true, seq: 3 } : refusal);
      },
    });
    if (!opened.ok) throw new Error(opened.code);
    const opening = opened.inbox;
    await using _inbox = opening;
    await using child = startChild(program, folder.path, 'pause', 'reopen');
    expect(JSON.parse(await child.line())).toEqual({ accepted: true, seq: 3 });
    expect(JSON.parse(await child.line())).toMatchObject({ accepted: false, code: 'not-now' });
  });

  it('too large, for no run, or one too many is refused to who gives it', async () => {
    await using folder = await tempFolder();
    const give = (run: string, text = '') =>
      putCommand(join(folder.path, run), { type: 'x', text }, { clock });
    expect(await give('missing')).toMatchObject({ ok: false, code: 'run-missing' });
    const large = 'x'.repeat(1024 * 1024);
    expect(await give('', large)).toMatchObject({ ok: false, code: 'command-too-large' });
    await mkdir(join(folder.path, 'inbox'));
    const fillers = Array.from({ length: 1_000 }, () =>
      writeFile(join(folder.path, 'inbox', `${newCommandId(0)}.json`), '{"type":"x"}'),
    );
    await Promise.all(fillers);
    expect(await give('')).toMatchObject({ ok: false, code: 'inbox-full' });
  });

  it('ids sort by time, in one millisecond too', () => {
    const ids = Array.from({ length: 100 }, () => newCommandId(1_800_000_000_000));
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('a hostile inbox', () => {
  it('has everything put aside that is no command, with the reason', async () => {
    await using folder = await tempFolder();
    const good = await put(folder.path, 'pause');
    const at = (name: string) => join(folder.path, 'inbox', name);
    const id = () => `${newCommandId(clock.now())}.json`;
    await writeFile(join(folder.path, 'secret'), '{"type":"approve"}');
    await symlink('../secret', at(id()));
    await symlink('/dev/zero', at(id()));
    await mkdir(at(id()));
    const pipe = at(id());
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const huge = at(id());
    await writeFile(huge, '');
    await truncate(huge, 2 ** 40);
    for (const text of ['', '{', 'null', '[]', '{"type":1}', '{"kind":"x"}', '\0']) {
      await writeFile(at(id()), text);
    }
    await writeFile(at(id()), '['.repeat(1_000_000));
    await writeFile(at('command.json'), '{"type":"pause"}');
    await writeFile(at('.hidden'), '');
    await mkdir(at('folder'));
    await writeFile(at('x'.repeat(250)), '');
    const { inbox, taken } = await watch(folder.path);
    await using _inbox = inbox;
    await inbox.catchUp();
    expect(taken).toEqual([[good, 'pause']]);
    expect(await reasons(folder.path)).toEqual([
      ...Array<string>(4).fill('foreign-name'),
      ...Array<string>(8).fill('not-a-command'),
      ...Array<string>(4).fill('not-a-file'),
      'too-large',
    ]);
    expect((await readdir(join(folder.path, 'inbox'))).sort()).toEqual(
      [`${good}.json`, 'answers', 'refused'].sort(),
    );
    expect(await readFile(join(folder.path, 'secret'), 'utf8')).toBe('{"type":"approve"}');
  });

  it.each(['inbox', 'inbox/answers', 'inbox/refused'])(
    'with a link for %s is not used',
    async (name) => {
      await using folder = await tempFolder();
      await using elsewhere = await tempFolder();
      await writeFile(join(elsewhere.path, 'precious'), '');
      if (name !== 'inbox') await mkdir(join(folder.path, 'inbox'));
      await symlink(elsewhere.path, join(folder.path, name));
      const unsafe = { ok: false, code: 'inbox-unsafe' };
      const options = { clock, answered: new Map<string, number>(), onCommand: () => undefined };
      expect(await Inbox.watch(folder.path, options)).toEqual(unsafe);
      expect(await putCommand(folder.path, { type: 'x' }, { clock })).toMatchObject(unsafe);
      expect(await readdir(elsewhere.path)).toEqual(['precious']);
    },
  );

  it('with very many files is taken a part at a time', async () => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, 'inbox'));
    const ids = Array.from({ length: 1_200 }, () => newCommandId(clock.now()));
    const path = (id: string): string => join(folder.path, 'inbox', `${id}.json`);
    await Promise.all(ids.map((id) => writeFile(path(id), '{"type":"x"}')));
    const { inbox, taken } = await watch(folder.path);
    await using _inbox = inbox;
    await inbox.catchUp();
    expect(taken.map(([id]) => id)).toEqual(ids.slice(0, 1_000));
    await Promise.all(taken.map(([id]) => inbox.acknowledge(id)));
    await inbox.catchUp();
    expect(taken.map(([id]) => id)).toEqual(ids);
  });

  it('is flooded with refusals only so far', async () => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, 'inbox/refused'), { recursive: true });
    const names = Array.from({ length: 2_000 }, (_, n) => join(folder.path, `inbox/refused/${n}`));
    await Promise.all(names.map((name) => writeFile(name, '')));
    await writeFile(join(folder.path, 'inbox', 'foreign'), '');
    const { inbox } = await watch(folder.path);
    await using _inbox = inbox;
    await inbox.catchUp();
    expect(await readdir(join(folder.path, 'inbox'))).toEqual(['answers', 'refused']);
    expect(await readdir(join(folder.path, 'inbox/refused'))).toHaveLength(2_000);
  });
});

describe('an answer', () => {
  it('is waited for until the time is over', async () => {
    await using folder = await tempFolder();
    const id = await put(folder.path, 'pause');
    const time = new VirtualClock();
    const waiting = awaitAnswer(folder.path, id, { clock: time, timeoutMs: 5_000 });
    time.advance(5_000);
    expect(await waiting).toBeNull();
    const aborted = AbortSignal.abort('enough');
    const options = { clock: time, timeoutMs: 5_000, signal: aborted };
    await expect(awaitAnswer(folder.path, id, options)).rejects.toBe('enough');
    expect(time.waiting).toBe(0);
  });

  it('that is forged or broken is none', async () => {
    await using folder = await tempFolder();
    const id = await put(folder.path, 'pause');
    for (const text of ['{', '{"accepted":true}', '{"accepted":false,"code":1,"message":""}']) {
      await writeFile(join(folder.path, 'inbox/answers', `${id}.json`), text);
      const time = new VirtualClock();
      const waiting = awaitAnswer(folder.path, id, { clock: time, timeoutMs: 10 });
      await new Promise((resolve) => setImmediate(resolve));
      time.advance(10);
      expect(await waiting).toBeNull();
    }
  });

  it('is swept after an hour, as is what a dying giver left', async () => {
    await using folder = await tempFolder();
    const [old, fresh] = [await put(folder.path, 'pause'), await put(folder.path, 'resume')];
    const time = new VirtualClock(Date.now());
    const { inbox } = await watch(folder.path, { clock: time });
    await using _inbox = inbox;
    await inbox.catchUp();
    for (const id of [old, fresh]) await inbox.answer(id, { accepted: true, seq: 1 });
    const answers = join(folder.path, 'inbox/answers');
    const left = join(folder.path, 'inbox', `.${'0'.repeat(18)}.tmp`);
    await writeFile(left, '');
    const past = new Date(time.now() - 3_700_000);
    for (const path of [join(answers, `${old}.json`), left]) await utimes(path, past, past);
    time.advance(61_000);
    await inbox.catchUp();
    expect(await readdir(answers)).toEqual([`${fresh}.json`]);
    await expect(unlink(left)).rejects.toThrow('ENOENT');
  });
});

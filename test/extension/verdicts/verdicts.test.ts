import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommentThread, Uri } from 'vscode';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { nodeRef } from '../../../src/core/ids.ts';
import { LastVerdicts } from '../../../src/core/projections/last-verdicts.ts';
import { replay } from '../../../src/core/projections/timeline.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { openDocuments } from '../../../src/extension/documents/run-documents.ts';
import { createRunFiles, type RunFiles } from '../../../src/extension/documents/run-files.ts';
import { fileUriOf } from '../../../src/extension/documents/uris.ts';
import * as engine from '../../../src/extension/engine.ts';
import type { LiveRun, Runs } from '../../../src/extension/runs/runs.ts';
import { GateTests } from '../../../src/extension/verdicts/gate-tests.ts';
import { requestRevision } from '../../../src/extension/verdicts/request-revision.ts';
import { SealedFiles } from '../../../src/extension/verdicts/sealed-files.ts';
import { VerdictNotesShown } from '../../../src/extension/verdicts/verdict-notes-shown.ts';
import { Store } from '../../../src/engine/store/store.ts';
import type { TempFolder } from '../../support/temp-folder.ts';
import {
  builds,
  commitAll,
  gives,
  goodScript,
  noModels,
  runTiny,
  tinyFiles,
  writeFiles,
  type Ran,
} from '../../support/tiny-workspace.ts';
import { workspaceFolder } from '../../engine/run/rig.ts';
import { FakeUri, type FakeItem } from './fake-editor.ts';

const { editor } = await vi.hoisted(async () => {
  const { FakeEditor } = await import('./fake-editor.ts');
  return { editor: new FakeEditor() };
});
vi.mock('vscode', () => editor.api());

/** One real run: `three` fails its tests, is built again, is held back by its reviewer, then sealed. */
let folder: TempFolder;
let ran: Ran;
let files: RunFiles;
const module = nodeRef('module', 'three');

beforeAll(async () => {
  folder = await workspaceFolder();
  const review =
    'verdict: NEEDS_REVISION\nsummary: It is not documented.\nseconds: 1\nevidence: [{ says: no comment, file: src/three/index.js, line: 1 }, { says: see there, file: secret, line: 2 }]\n';
  writeFiles(folder.path, {
    ...tinyFiles(),
    ...goodScript(),
    ...builds('three/1', { 'src/three/index.js': gives('three', '4') }),
    ...builds('three/2', { 'src/three/index.js': gives('three', '3') }),
    ...builds('three/3', { 'src/three/index.js': gives('three', '1 + 2') }),
    'script/three/review-2/turn.yaml': review,
  });
  commitAll(folder.path);
  const { state, events } = await runTiny(folder.path);
  // Engines do not let such a path through; a journal from elsewhere may hold it.
  const text = JSON.stringify(events).replaceAll('"file":"secret"', '"file":"../secret"');
  ran = { state, events: JSON.parse(text) as typeof events };
  files = createRunFiles({ engine: async () => engine, isTrusted: () => editor.trusted });
});
afterAll(async () => {
  files.dispose();
  await folder[Symbol.asyncDispose]();
});
beforeEach(() => {
  editor.trusted = true;
  for (const list of [editor.runs, editor.threads, editor.profiles, editor.asked, editor.answers]) {
    list.length = 0;
  }
  editor.problems.clear();
});

/** The run as it was after the nth verdict on `three`. */
function after(verdict: number): LiveRun {
  const given = ran.events.filter(
    (event) => event.type === 'verdict-given' && event.gate === module,
  );
  const end = verdict === 0 ? ran.events.length : ran.events.indexOf(given[verdict - 1]!) + 1;
  return followed(ran.events.slice(0, end));
}

function followed(events: readonly RunEvent[]): LiveRun {
  const uri = FakeUri.file(folder.path);
  const run: Partial<LiveRun> = {
    key: { folder: String(uri), run: ran.state.run },
    ...{ engine, events, replayed: replay(events), driver: 'nobody' },
    folder: { uri, name: 'tiny', index: 0 },
  };
  return run as LiveRun;
}

const verdictsOf = (run: LiveRun): LastVerdicts => {
  const verdicts = new LastVerdicts();
  verdicts.follow(run.events);
  return verdicts;
};

function parts(more: Partial<ActionParts> = {}): ActionParts & { files: RunFiles } {
  const log = { error: fail, warn: fail, info: () => undefined };
  const models = { options: async () => noModels };
  const all: unknown = { documents: { fileUri: fileUriOf }, files, log, models, ...more };
  return all as ActionParts & { files: RunFiles };
}

/** Reads nothing for a time, as a store that is being repaired. */
function faulty(isBusy = true) {
  const store = { isBusy, tried: 0 };
  const read: RunFiles['read'] = async (run, work) => {
    store.tried += 1;
    if (!store.isBusy) return files.read(run, work);
    throw new Error('the store is busy');
  };
  return Object.assign(store, { files: { ...files, read } });
}

/** Longer than any test takes. */
const longMs = 3_600_000;

function fail(says: unknown): never {
  throw new Error(String(says));
}

const labels = (item: { children: Iterable<[string, FakeItem]> }): unknown[] =>
  [...item.children].map(([, child]) => [child.label, ...labels(child)]);

describe('gates as tests', () => {
  async function shown(run: LiveRun): Promise<GateTests> {
    const tests = new GateTests(parts());
    tests.show(run, verdictsOf(run));
    await tests.settled;
    return tests;
  }

  it('are those of the run, with their checks, and a failure jumps to file and line', async () => {
    const tests = await shown(after(1));
    const [[, root] = []] = [...editor.roots];
    expect(root?.label).toMatch(/^Run [0-9a-v]{4} · tiny$/);
    expect(labels(root!)).toEqual([
      ['numbers', ['cross'], ['one', ['unit']], ['two', ['unit']], ['three', ['unit']]],
      ['accept', ['sum']],
    ]);
    const told = editor.runs.flatMap(({ lines }) => lines);
    expect(told).toContain('failed module:three#unit');
    expect(told).not.toContain('failed module:three');
    const messages = editor.runs.flatMap((run) => run.messages);
    expect(messages[0]?.message).toContain('three is what it should be');
    expect(String(messages[0]?.location?.uri)).toBe(
      `file:${folder.path}/tests/three/three.test.js`,
    );
    expect(messages[0]?.location?.range.start.line).toBeGreaterThan(0);
    const [, unit] = [...root!.children.get('tier:numbers')!.children.get(module)!.children][0]!;
    expect([String(unit.uri), unit.range]).toEqual([
      String(messages[0]?.location?.uri),
      messages[0]?.location?.range,
    ]);
    expect(editor.runs.every(({ ended, persist }) => ended && !persist)).toBe(true);
    tests.dispose();
  });

  it('tell what comes later, and what a reviewer says of the gate itself', async () => {
    const tests = await shown(after(1));
    const later = after(2);
    editor.runs.length = 0;
    tests.show(later, verdictsOf(later));
    await tests.settled;
    const told = editor.runs.flatMap(({ lines }) => lines);
    expect(told).toEqual(
      expect.arrayContaining(['passed module:three#unit', 'failed module:three']),
    );
    const [first, second] = editor.runs.flatMap((run) => run.messages);
    expect(first?.message).toBe('no comment');
    expect(String(first?.location?.uri)).toMatch(/^ashlar:\/[0-9a-f]{7}\/src\/three\/index\.js\?/);
    expect(second?.location).toBeUndefined();
    tests.show(null, new LastVerdicts());
    expect(editor.roots.size).toBe(0);
    tests.dispose();
  });

  it('can be run again, which says on what, and leaves the run alone', async () => {
    const tests = await shown(after(0));
    const [profile] = editor.profiles;
    const item = editor.roots.get(ran.state.run)?.children.get('tier:numbers');
    const chosen = item?.children.get(module);
    editor.runs.length = 0;
    const token = { onCancellationRequested: () => ({ dispose: () => undefined }) };
    await profile?.run({ include: [chosen], exclude: [] }, token);
    const [run] = editor.runs;
    expect(run).toMatchObject({
      lines: ['enqueued', 'started', 'passed'].map((word) => `${word} module:three#unit`),
      ...{ ended: true, persist: true },
    });
    expect(run?.output.join('')).toMatch(
      /three: checks run on its seal of contract v1, [0-9a-f]{12}/,
    );
    expect(run?.output.join('')).toContain('The verdict of the run on it is PASS, and stays so.');
    tests.dispose();
  });

  it('are skipped once somebody stops them, and not run where the workspace is not trusted', async () => {
    const tests = await shown(after(0));
    const [profile] = editor.profiles;
    editor.runs.length = 0;
    const stopped = {
      onCancellationRequested: (stop: () => void) => {
        stop();
        return { dispose: () => undefined };
      },
    };
    await profile?.run({ include: undefined, exclude: [] }, stopped);
    const lines = editor.runs[0]?.lines.filter((line) => !line.startsWith('enqueued')) ?? [];
    expect(lines).toHaveLength(5);
    expect(lines.every((line) => line.startsWith('skipped'))).toBe(true);
    editor.trusted = false;
    editor.runs.length = 0;
    await profile?.run({ include: undefined, exclude: [] }, stopped);
    expect(editor.runs.flatMap((run) => run.lines)).toEqual([]);
    editor.profiles.length = 0;
    const looking = await shown(after(1));
    expect(editor.profiles).toEqual([]);
    expect(editor.runs.flatMap((run) => run.messages)[0]?.location).toBeUndefined();
    looking.dispose();
    tests.dispose();
  });
});

describe('verdicts beside files', () => {
  async function shown(run: LiveRun): Promise<VerdictNotesShown> {
    const notes = new VerdictNotesShown(parts());
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    return notes;
  }

  it('are problems where the tests lie in the workspace, and a thread on what was handed in', async () => {
    const notes = await shown(after(1));
    const [[place, problems] = []] = [...editor.problems];
    expect(place).toBe(`file:${folder.path}/tests/three/three.test.js`);
    expect(problems?.[0]).toMatchObject({
      ...{ severity: 0, source: 'Ashlar · three', code: 'unit' },
      message: expect.stringContaining('three is what it should be') as string,
    });
    const [thread] = editor.openThreads;
    expect(editor.openThreads).toHaveLength(1);
    expect(String(thread?.uri)).toMatch(/^ashlar:\/[0-9a-f]{7}\/src\/three\/index\.js\?/);
    expect(thread).toMatchObject({ label: 'FAIL · three, attempt 1 · it stands', state: 0 });
    expect(thread?.comments).toMatchObject([
      {
        author: { name: 'three' },
        body: expect.stringMatching(/tests\/three\/three\.test\.js:\d+: /) as string,
      },
    ]);
    notes.dispose();
  });

  it('follow the next verdict at its line, and believe no path that leads outside', async () => {
    const notes = await shown(after(2));
    const [whole, line] = editor.openThreads;
    expect(whole?.comments[0]?.body).toBe('It is not documented.\nreviewer: see there');
    expect(line).toMatchObject({
      comments: [{ author: { name: 'reviewer' }, body: 'no comment' }],
    });
    expect([...editor.problems.values()].flat().map(({ severity }) => severity)).toEqual([1, 1]);
    expect([...editor.problems.keys()].every((uri) => uri.includes('src/three/index.js'))).toBe(
      true,
    );
    notes.dispose();
  });

  it('are resolved when the module is sealed, in the same threads, and gone with the run', async () => {
    const notes = await shown(after(2));
    const threads = [...editor.openThreads];
    const sealed = after(0);
    // The window follows one run, which goes on.
    const run = Object.assign(after(2), { events: sealed.events, replayed: sealed.replayed });
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    expect(editor.problems.size).toBe(0);
    const again = editor.openThreads;
    expect(again.map(({ state }) => state)).toEqual([1, 1]);
    expect(again[0]?.label).toBe('NEEDS_REVISION · three, attempt 2 · it is sealed since');
    expect(threads).toHaveLength(2);
    notes.draw(null, new LastVerdicts());
    await notes.settled;
    expect(editor.openThreads).toEqual([]);
    notes.dispose();
  });

  function ofStore(store: ReturnType<typeof faulty>, restMs: number) {
    const warned: string[] = [];
    const log = { warn: (says: string) => warned.push(says) };
    const all = { ...parts(), ...{ log: log as never, files: store.files } };
    return { warned, notes: new VerdictNotesShown(all, restMs) };
  }

  it('are shown when the run goes on, where its store could not be read before', async () => {
    const store = faulty();
    const { warned, notes } = ofStore(store, 1);
    const run = after(1);
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    expect(editor.openThreads).toEqual([]);
    store.isBusy = false;
    notes.draw(run, verdictsOf(run));
    await expect.poll(() => editor.openThreads.length).toBe(1);
    expect(warned).toEqual([expect.stringContaining('module:three is not shown beside its files')]);
    notes.dispose();
  });

  it('are not looked up at each event, where the store cannot be read', async () => {
    const store = faulty();
    const { notes } = ofStore(store, longMs);
    const run = after(1);
    for (let event = 0; event < 5; event += 1) {
      notes.draw(run, verdictsOf(run));
      await notes.settled;
    }
    expect(store.tried).toBe(1);
    notes.dispose();
  });

  it('stay where somebody writes a reply, while the store cannot be read', async () => {
    const store = faulty(false);
    const { notes } = ofStore(store, 1);
    const run = after(2);
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    const [threads, problems] = [[...editor.openThreads], [...editor.problems]];
    expect(threads).toHaveLength(2);
    store.isBusy = true;
    expect(notes.changed('src/three/index.js')).toBe(true);
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    expect(editor.openThreads).toEqual(threads);
    expect([...editor.problems]).toEqual(problems);
    // The same ones are drawn on once it can be read.
    store.isBusy = false;
    const { tried } = store;
    notes.draw(run, verdictsOf(run));
    await expect.poll(() => store.tried).toBeGreaterThan(tried);
    await notes.settled;
    expect(editor.openThreads).toEqual(threads);
    notes.dispose();
  });

  it('are those of the run that the window turned to, while another was to be drawn', async () => {
    const notes = new VerdictNotesShown(parts());
    const [one, other] = [after(1), after(2)];
    notes.draw(one, verdictsOf(one));
    notes.draw(other, verdictsOf(other));
    await notes.settled;
    expect(editor.openThreads.map(({ label }) => label)).toEqual(
      Array(2).fill('NEEDS_REVISION · three, attempt 2 · it stands'),
    );
    notes.dispose();
  });

  it('keep the thread in which somebody writes while the run goes on', async () => {
    const run = after(2);
    const notes = await shown(run);
    const before = [...editor.openThreads];
    const { at } = run.events.at(-1)!;
    const start = ran.events[run.events.length + 1];
    const further = ran.events.slice(0, ran.events.indexOf(start!) + 3);
    Object.assign(run, { events: further, replayed: replay(further) });
    expect(at).toBeGreaterThan(0);
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    expect(editor.openThreads).toEqual(before);
    expect(before[0]?.label).toContain('it is being revised');
    notes.dispose();
  });

  it('are not shown before the workspace is trusted', async () => {
    editor.trusted = false;
    const notes = await shown(after(2));
    expect([editor.problems.size, editor.openThreads]).toEqual([0, []]);
    notes.dispose();
  });
});

describe('a reply', () => {
  async function answering(run: LiveRun, text: string, ...answers: (string | undefined)[]) {
    const notes = new VerdictNotesShown(parts());
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    editor.answers.push(...answers);
    const did: unknown[] = [];
    const more: unknown = {
      refused: (message: string) => did.push(message),
      boards: { open: async (_: unknown, show: unknown) => void did.push(show) },
      drafts: { open: async (_: unknown, id: unknown, kind: unknown) => void did.push([id, kind]) },
      runs: {
        current: run,
        ready: Promise.resolve(),
        send: async (_: unknown, request: unknown) => {
          did.push(request);
          return { ok: true, how: 'done' };
        },
      },
    };
    const thread = editor.openThreads.at(-1);
    const reply = { thread: thread as unknown as CommentThread, text };
    const asks = (given: unknown) => requestRevision(parts(more as Partial<ActionParts>), given);
    await asks(reply);
    const unsent = () => thread?.comments.filter((each) => each.contextValue === 'unsent') ?? [];
    return { did, thread, asked: editor.asked, notes, asks, unsent };
  }

  it('has the module revised, once what follows is confirmed, and says about what', async () => {
    const { did, asked } = await answering(after(2), ' Say what it is for. ', 'Ask for It');
    expect(asked[0]).toContain('Have three revised?');
    expect(asked[0]).toContain('three is built again to contract v2');
    expect(did).toEqual([
      {
        ...{ type: 'amend', module: 'three', contractPath: null },
        reason: 'About what the reviewer says at src/three/index.js:1: Say what it is for.',
      },
    ]);
  });

  it('stays in the thread where it was not asked for after all', async () => {
    const { did, thread } = await answering(after(2), 'Say it.', undefined);
    expect(did).toEqual([]);
    expect(thread?.comments.at(-1)).toMatchObject({ body: 'Say it.', label: 'not asked for' });
  });

  it('is kept as it was written when the thread is drawn anew, and can be asked for from there', async () => {
    const run = after(2);
    const { did, asked, asks, notes, thread, unsent } = await answering(
      run,
      ' Say\nit. ',
      undefined,
    );
    // A file of it changed, so that it is drawn again.
    expect(notes.changed('src/three/index.js')).toBe(true);
    notes.draw(run, verdictsOf(run));
    await notes.settled;
    expect(editor.openThreads).toContain(thread);
    expect(unsent()).toHaveLength(1);
    editor.answers.push('Say it now.', undefined);
    await asks(unsent()[0]);
    expect(asked).toContain('[ Say\nit. ]');
    expect(unsent().map(({ body }) => body)).toEqual(['Say it now.']);
    editor.answers.push('Say it at last.', 'Ask for It');
    await asks(unsent()[0]);
    expect(did).toMatchObject([
      { type: 'amend', reason: expect.stringMatching(/: Say it at last\.$/) },
    ]);
    expect(unsent()).toEqual([]);
    notes.dispose();
  });

  it('is kept where asking for it fails, and where the reopening is left', async () => {
    const broken = { ...after(2), engine: { ...engine, followsFrom: fail } } as unknown as LiveRun;
    const notes = new VerdictNotesShown(parts());
    notes.draw(broken, verdictsOf(broken));
    await notes.settled;
    const thread = editor.openThreads.at(-1);
    const more: unknown = { runs: { current: broken }, refused: () => undefined };
    const reply = { thread: thread as unknown as CommentThread, text: 'Say it.' };
    await expect(requestRevision(parts(more as Partial<ActionParts>), reply)).rejects.toThrow();
    expect(thread?.comments.at(-1)).toMatchObject({ body: 'Say it.', label: 'not asked for' });
    notes.dispose();
    const left = await answering(after(0), 'Say it.', undefined);
    expect(left.did).toEqual([]);
    expect(left.unsent()).toHaveLength(1);
    editor.trusted = false;
    const untrusted = await answering(after(2), 'Say it.', undefined);
    expect(untrusted.did).toEqual([]);
  });

  it('offers to reopen what is sealed', async () => {
    const { did, asked, thread } = await answering(after(0), 'Say it.', 'Reopen…');
    expect(asked[0]).toContain('three is sealed');
    expect(did).toEqual([{ view: 'amendment', module: 'three' }, ['three', 'reopen']]);
    expect(thread?.comments.at(-1)).toMatchObject({ body: 'Say it.', label: 'not asked for' });
  });

  it('is refused without words, with too many, and to threads that are not ours', async () => {
    expect((await answering(after(2), '  ')).did).toEqual(['Say what must change.']);
    const long = (await answering(after(2), 'x'.repeat(4_001))).did;
    expect(long).toEqual([expect.stringContaining('4000 characters')]);
    const did: unknown[] = [];
    const more: unknown = {
      refused: (says: string) => did.push(says),
      runs: { current: after(2) },
    };
    const thread = { comments: [] } as unknown as CommentThread;
    await requestRevision(parts(more as Partial<ActionParts>), { thread, text: 'Now.' });
    expect(did).toEqual(['This verdict is not of the run that the window shows now.']);
  });

  it('is asked of a module by the palette', async () => {
    const did: unknown[] = [];
    const run = after(2);
    const send = async (_: unknown, request: unknown) => {
      did.push(request);
      return { ok: true, how: 'done' };
    };
    const runs: unknown = { current: run, ready: Promise.resolve(), send };
    editor.answers.push('three', 'Say it.', 'Ask for It');
    await requestRevision(parts({ runs: runs as ActionParts['runs'] }), undefined);
    expect(did).toMatchObject([{ type: 'amend', module: 'three', reason: 'Say it.' }]);
    // What was declined stands in the field the next time; what was asked for does not.
    editor.answers.push('three', 'Say more.', undefined, 'three', 'Say more.', 'Ask for It');
    for (let time = 0; time < 2; time++) {
      await requestRevision(parts({ runs: runs as ActionParts['runs'] }), undefined);
    }
    editor.answers.push('three', undefined);
    await requestRevision(parts({ runs: runs as ActionParts['runs'] }), undefined);
    const fields = editor.asked.filter((each) => each.startsWith('['));
    expect(fields).toEqual(['[]', '[]', '[Say more.]', '[]']);
  });
});

describe('files of the workspace', () => {
  const put = (path: string, text: string): Uri => {
    const file = join(folder.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return FakeUri.file(file);
  };
  const git = (...args: string[]): void =>
    void execFileSync('git', args, { cwd: folder.path, stdio: 'ignore' });
  const deliveredOf = (run: LiveRun): { branch: string; delivered: string } => {
    const { name = '', commit = '' } = run.replayed?.timeline.delivered ?? {};
    return { branch: name, delivered: commit ?? '' };
  };
  const mark = async (sealed: SealedFiles, uri: Uri): Promise<unknown> =>
    sealed.provideFileDecoration(uri);

  it('are marked where they hold what a module sealed, and where they differ from it', async () => {
    const sealed = new SealedFiles(files);
    const run = after(0);
    sealed.show(run);
    await using store = await Store.open(folder.path);
    const { tree = '' } = run.replayed?.state.modules.get(2).seal ?? {};
    const text = String(await store.readFile(tree as never, 'src/three/index.js'));
    const uri = put('src/three/index.js', text);
    expect(await mark(sealed, uri)).toMatchObject({
      ...{ badge: 'S', tooltip: 'Sealed v1 by module three: reopen the module to change it' },
    });
    put('src/three/index.js', `${text}// mine\n`);
    // What was delivered lies on a branch of its own, which is not what is checked out.
    const { branch, delivered } = deliveredOf(run);
    expect(await mark(sealed, uri)).toMatchObject({
      badge: 'S↗',
      tooltip: `Module three sealed v1 of this on branch ${branch}, which is not checked out here`,
    });
    git('update-ref', '--no-deref', 'HEAD', delivered);
    sealed.changed(FakeUri.file(join(folder.path, '.git/logs/HEAD')));
    expect(await mark(sealed, uri)).toMatchObject({
      ...{ badge: 'S≠', tooltip: 'Differs from what module three sealed as v1' },
    });
    // Before the delivery the workspace has its own.
    const undelivered = ran.events.findIndex(({ type }) => type === 'delivered');
    sealed.show(followed(ran.events.slice(0, undelivered)));
    expect(await mark(sealed, uri)).toBeUndefined();
    sealed.dispose();
  });

  it('are marked once the run goes on, where the store could not be read before', async () => {
    const shaky = faulty();
    const sealed = new SealedFiles(shaky.files, 1);
    const all = after(0);
    const run = followed(all.events.slice(0, -1));
    sealed.show(run);
    await using store = await Store.open(folder.path);
    const { tree = '' } = run.replayed?.state.modules.get(2).seal ?? {};
    const uri = put(
      'src/three/index.js',
      String(await store.readFile(tree as never, 'src/three/index.js')),
    );
    expect(await mark(sealed, uri)).toBeUndefined();
    shaky.isBusy = false;
    editor.decorations = 0;
    Object.assign(run, { events: all.events, replayed: all.replayed });
    sealed.show(run);
    await expect.poll(() => editor.decorations).toBe(1);
    expect(await mark(sealed, uri)).toMatchObject({ badge: 'S' });
    sealed.dispose();
  });

  it.each([true, false])(
    'are not asked about at each event while nothing can be read (trusted: %s)',
    async (trusted) => {
      editor.trusted = trusted;
      const sealed = new SealedFiles(trusted ? faulty().files : files, longMs);
      // Delivered; what comes then changes no mark.
      const end = ran.events.findIndex(({ type }) => type === 'delivered') + 1;
      const run = followed(ran.events.slice(0, end));
      sealed.show(run);
      const uri = put('src/three/index.js', 'mine');
      editor.decorations = 0;
      expect(ran.events.length).toBeGreaterThan(end);
      for (let next = end; next < ran.events.length; next += 1) {
        expect(await mark(sealed, uri)).toBeUndefined();
        const events = ran.events.slice(0, next + 1);
        Object.assign(run, { events, replayed: replay(events) });
        sealed.show(run);
      }
      expect(editor.decorations).toBe(0);
      sealed.dispose();
    },
  );

  it('are left alone where nobody sealed them, they lead outside, or nothing may be read', async () => {
    const sealed = new SealedFiles(files);
    sealed.show(after(0));
    expect(await mark(sealed, put('README.md', 'mine'))).toBeUndefined();
    expect(await mark(sealed, put('src/three/other.js', 'mine'))).toBeUndefined();
    expect(await mark(sealed, FakeUri.file('/etc/passwd'))).toBeUndefined();
    expect(
      await mark(sealed, FakeUri.file(`${folder.path}/../src/three/index.js`)),
    ).toBeUndefined();
    const other = new FakeUri('ashlar', `${folder.path}/src/three/index.js`);
    expect(await mark(sealed, other as unknown as Uri)).toBeUndefined();
    const link = join(folder.path, 'src/one');
    mkdirSync(join(folder.path, 'src'), { recursive: true });
    symlinkSync('/etc', link);
    expect(await mark(sealed, FakeUri.file(join(link, 'index.js')))).toBeUndefined();
    editor.trusted = false;
    const closed = new SealedFiles(files);
    closed.show(after(0));
    expect(
      await mark(closed, FakeUri.file(join(folder.path, 'src/three/index.js'))),
    ).toBeUndefined();
    for (const each of [sealed, closed]) each.dispose();
  });

  it('are asked about again when a seal changed, and for nothing else', () => {
    const sealed = new SealedFiles(files);
    const run = after(1);
    sealed.show(run);
    editor.decorations = 0;
    sealed.show(run);
    expect(editor.decorations).toBe(0);
    const all = after(0);
    Object.assign(run, { events: all.events, replayed: all.replayed });
    sealed.show(run);
    expect(editor.decorations).toBe(1);
    sealed.dispose();
  });
});

describe('evidence of a tier or a gate', () => {
  it('is opened where it lies: in the base, or in what it stands on', async () => {
    const run = after(0);
    const runs: unknown = { current: run, onDidChange: () => ({ dispose: () => undefined }) };
    Object.assign(run, { onDidAppend: () => ({ dispose: () => undefined }) });
    Object.assign(run, { onDidChange: () => ({ dispose: () => undefined }) });
    const documents = openDocuments(runs as Runs, files);
    const tier = nodeRef('tier', 'numbers');
    await documents.openGateEvidence(run, tier, 'tests/cross.test.js', 3);
    await documents.openGateEvidence(run, tier, 'src/three/index.js', null);
    expect(editor.opened.map(([{ path, query }, line]) => [`${path}${query}`, line])).toEqual([
      [expect.stringContaining('tests/cross.test.js'), 2],
      [expect.stringContaining('src/three/index.js'), null],
    ]);
    await expect(documents.openGateEvidence(run, tier, 'nowhere.js', 1)).rejects.toThrow(
      'nowhere.js is neither in the base nor in what tier numbers stands on.',
    );
    documents.dispose();
  });
});

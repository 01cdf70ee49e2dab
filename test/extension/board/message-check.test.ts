import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMessage,
  checkPullRequestAsked,
  checkRunKey,
} from '../../../src/extension/board/message-check.ts';

const tree = 'a'.repeat(40);
const digest = 'b'.repeat(64);
const key = { folder: 'file:///home/me/project', run: '20260301-1200-7f3a' };
const module = 'lexer';

const actions = [
  ...['run-example', 'run-plan', 'create-plan', 'open-walkthrough', 'open-folder', 'manage-trust'],
  ...['show-output', 'reload-window', 'pause', 'resume', 'cancel', 'raise-budget'],
  ...['retry-provider', 'switch-agents'],
].map((what): Record<string, unknown> => ({ do: what }));

const messages: Record<string, unknown>[] = [
  { type: 'ready' },
  { type: 'resync' },
  ...[
    ...actions,
    { do: 'open-plan', uri: 'file:///home/me/project/a.plan.yaml' },
    { do: 'select-run', key },
    { do: 'open-board', key },
    { do: 'open-postmortem', key },
    { do: 'approve', gate: 'ship', submission: digest, note: '' },
    { do: 'reject', gate: 'ship', submission: digest, note: 'Not yet.' },
    { do: 'reopen', module },
    { do: 'amend', module },
    { do: 'open-draft', module },
    { do: 'discard-draft', module },
    { do: 'confirm-draft', module, reason: 'Columns are missing.' },
    { do: 'open-transcript', module },
    { do: 'open-insight', file: '2026-03-01-run-pitfall-1-lexer.md' },
    { do: 'open-contract', module, version: 2 },
    { do: 'diff-contract', module, from: 1, to: 2 },
    { do: 'diff-submission', module, tree },
    { do: 'open-evidence', module, tree: null, file: 'tests/lexer/a.test.js', line: null },
    { do: 'open-evidence', module, tree, file: 'tests/lexer/a.test.js', line: 12 },
    { do: 'open-gate-evidence', gate: 'tier:all', file: 'tests/all/a.test.js', line: 3 },
    { do: 'open-gate-evidence', gate: 'gate:ship', file: 'src/a.js', line: null },
    { do: 'diff-approval', gate: 'ship', submission: digest },
    { do: 'compare-approval', gate: 'ship', submission: digest },
    { do: 'show', show: { view: 'graph' } },
    { do: 'show', show: { view: 'module', module } },
  ].map((action) => ({ type: 'act', run: null, action })),
  ...[
    { about: 'contract', module, from: 1, to: 2 },
    { about: 'tests', module },
    { about: 'submission', module, tree },
    { about: 'approval', gate: 'ship', submission: digest },
  ].map((question, id) => ({ type: 'ask', id, question })),
];

/** Every place in a message that holds a plain value. */
function* leaves(value: object, path: readonly string[] = []): Generator<readonly string[]> {
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    if (typeof inner === 'object' && inner !== null) yield* leaves(inner, [...path, name]);
    else yield [...path, name];
  }
}

function withValue(message: object, path: readonly string[], value: unknown): unknown {
  const copy: unknown = structuredClone(message);
  let at = copy as Record<string, unknown>;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
  at[path.at(-1)!] = value;
  return copy;
}

describe('checkMessage', () => {
  it.each(messages)('lets a message of the protocol through as it is: %j', (message) => {
    expect(checkMessage(structuredClone(message))).toEqual(message);
  });

  it('never throws, whatever comes in', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withMap: true }), (value) => {
        const checked = checkMessage(value);
        // What passes by chance passes again, and is a plain message.
        if (checked !== null) expect(checkMessage(structuredClone(checked))).toEqual(checked);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses a message in which one field is anything else, or lets through what it would have built', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...messages),
        fc.nat(),
        fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.double()),
        (message, where, value) => {
          const places = [...leaves(message)];
          const changed = withValue(message, places[where % places.length]!, value);
          const checked = checkMessage(changed);
          if (checked !== null) expect(checkMessage(structuredClone(checked))).toEqual(checked);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('refuses a message without one of its fields', () => {
    for (const message of messages) {
      for (const path of leaves(message)) {
        const copy = structuredClone(message);
        let at = copy;
        for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
        delete at[path.at(-1)!];
        expect(checkMessage(copy), JSON.stringify(copy)).toBeNull();
      }
    }
  });

  it('lets a plan be named that is to be run, and nothing but a URI name it', () => {
    const run = (uri: unknown) =>
      checkMessage({ type: 'act', run: null, action: { do: 'run-plan', uri } });
    const uri = 'file:///home/me/project/a.plan.yaml';
    expect(run(uri)).toEqual({ type: 'act', run: null, action: { do: 'run-plan', uri } });
    for (const other of ['', 'a.plan.yaml', null, 7, [uri]]) expect(run(other)).toBeNull();
  });

  it('lets a provider and a pool be named, and nothing else in their place', () => {
    const does = (action: object) => checkMessage({ type: 'act', run: null, action });
    for (const action of [
      { do: 'retry-provider', provider: 'anthropic' },
      { do: 'switch-agents', pool: 'builders' },
    ]) {
      expect(does(action)).toEqual({ type: 'act', run: null, action });
    }
    for (const provider of ['', '../x', 7, null]) {
      expect(does({ do: 'retry-provider', provider })).toBeNull();
    }
    for (const pool of ['everybody', 'Builders', 7, null]) {
      expect(does({ do: 'switch-agents', pool })).toBeNull();
    }
  });

  it('drops what the protocol does not know', () => {
    const action = { do: 'reopen', module, force: true };
    expect(checkMessage({ type: 'act', run: null, action, by: 'somebody' })).toEqual({
      ...{ type: 'act', run: null, action: { do: 'reopen', module } },
    });
  });

  it.each([
    ['a module of no name', ['action', 'module'], '../lexer'],
    ['a file that leaves the root', ['action', 'file'], '../../etc/passwd'],
    ['an absolute file', ['action', 'file'], '/etc/passwd'],
    ['a file of git', ['action', 'file'], '.git/config'],
    ['a tree that is a ref', ['action', 'tree'], 'refs/heads/main'],
    ['a tree with an option', ['action', 'tree'], '--output=/tmp/x'],
    ['a line before the first', ['action', 'line'], 0],
    ['a line between two', ['action', 'line'], 1.5],
  ])('refuses %s', (_, path, value) => {
    const action = { do: 'open-evidence', module, tree, file: 'a.js', line: 1 };
    const message = { type: 'act', run: null, action };
    expect(checkMessage(message)).not.toBeNull();
    expect(checkMessage(withValue(message, path, value))).toBeNull();
  });

  it.each(['module:lexer', 'tier:', 'tier:a:b', 'ship', 'gate:../x'])(
    'takes %s for no tier or gate whose evidence could be opened',
    (gate) => {
      const action = { do: 'open-gate-evidence', gate, file: 'a.js', line: 1 };
      expect(checkMessage({ type: 'act', run: null, action })).toBeNull();
    },
  );

  it('refuses a note of more than 4,000 characters', () => {
    const noted = (note: string): unknown => ({
      ...{
        type: 'act',
        run: null,
        action: { do: 'approve', gate: 'ship', submission: digest, note },
      },
    });
    expect(checkMessage(noted('x'.repeat(4_000)))).not.toBeNull();
    expect(checkMessage(noted('x'.repeat(4_001)))).toBeNull();
  });

  it('takes nothing from the prototype', () => {
    expect(checkMessage(Object.create({ type: 'ready' }))).toBeNull();
  });
});

describe('checkPullRequestAsked', () => {
  it('reads which run and which title, and nothing else', () => {
    const asked = { run: key.run, title: null };
    expect(checkPullRequestAsked({ ...asked, more: 1 })).toEqual(asked);
    expect(checkPullRequestAsked({ run: null, title: 'A' })).toEqual({ run: null, title: 'A' });
    for (const other of [undefined, null, {}, { run: '../x', title: null }, { run: null }]) {
      expect(checkPullRequestAsked(other)).toBeNull();
    }
    expect(checkPullRequestAsked({ run: null, title: 'x'.repeat(4_001) })).toBeNull();
  });
});

describe('checkRunKey', () => {
  it('reads the key of a run and nothing else', () => {
    expect(checkRunKey({ ...key, more: 1 })).toEqual(key);
    expect(checkRunKey({ ...key, run: '../x' })).toBeNull();
    expect(checkRunKey({ ...key, folder: 'no uri' })).toBeNull();
    expect(checkRunKey(null)).toBeNull();
  });
});

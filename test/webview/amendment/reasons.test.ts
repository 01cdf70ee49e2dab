import { describe, expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import type { Draft, RunKey } from '../../../src/protocol/board.ts';
import { createBoard } from '../../../src/webview/store.ts';
import { given } from '../../support/scenario.ts';
import { plan } from '../../support/scenario-plan.ts';
import { FakeHost } from '../store/fake-host.ts';

const lexer = moduleId('lexer');
const draft: Draft = { kind: 'amend', module: lexer, from: 1, files: [], problem: '' };

/** A board that shows a run of one module, in a webview that kept `kept`. */
function boardOf(kept: unknown = null) {
  const { history, state } = given(plan({ modules: { lexer: {} } }));
  const key: RunKey = { folder: 'file:///work', run: state.run };
  const host = new FakeHost();
  host.state = kept;
  const board = createBoard(host, (frame) => frame());
  board.connect('board');
  host.say({ type: 'run', key, driver: 'here', n: 0, events: [...history] });
  return { host, key, events: [...history], state: () => board.store.getState() };
}

describe('the reason of an amendment', () => {
  test('outlives a reload: the editor takes the page away while the contract is being written', () => {
    const before = boardOf();
    before.state().giveReason(lexer, 'escapes are missing');
    const after = boardOf(before.host.state);
    expect(after.state().reasons.get(lexer)).toBe('escapes are missing');
  });

  test('is gone with the draft that it was for', () => {
    const { host, state } = boardOf();
    host.say({ type: 'draft', module: lexer, draft });
    state().giveReason(lexer, 'escapes');
    host.say({ type: 'draft', module: lexer, draft: null });
    expect(state().reasons.size).toBe(0);
  });

  test('is not given to a module of the same name in another run', () => {
    const { host, key, events, state } = boardOf();
    state().giveReason(lexer, 'escapes');
    const other = { ...key, folder: 'file:///other' };
    host.say({ type: 'run', key: other, driver: 'here', n: 0, events });
    expect(state().reasons.size).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import type { BoardMessage } from '../../src/protocol/board.ts';

describe('messages between host and webview', () => {
  test('are plain data that JSON keeps as it is', () => {
    const message: BoardMessage = { type: 'act', run: null, action: { do: 'run-example' } };
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
  });
});

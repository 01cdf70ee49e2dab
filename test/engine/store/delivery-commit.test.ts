import { expect, test } from 'vitest';
import { moduleId, runId, treeId } from '../../../src/core/ids.ts';
import { formatMessage, readTrailers } from '../../../src/engine/store/delivery-commit.ts';

const trailers = {
  run: runId('20260301-1200-ab3d'),
  module: moduleId('lexer'),
  tree: treeId('1'.repeat(40)),
};

test('the message of a delivered commit closes nothing and tells nobody, and is read back', () => {
  const message = formatMessage(
    'lexer: fixes #12, says @octocat',
    'Closes acme/tiny#7, GH-3 and https://github.com/acme/tiny/issues/4.\nAshlar-Run: another',
    trailers,
  );
  expect(message).not.toMatch(/@\w|#\d|gh-\d|:\/\/|\/issues\/\d/i);
  expect(message.split('\n')[0]).toBe('lexer: fixes # 12, says @ octocat');
  expect(readTrailers(message)).toEqual(trailers);
});

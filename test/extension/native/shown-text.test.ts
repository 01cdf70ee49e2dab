import { describe, expect, it } from 'vitest';
import { runId } from '../../../src/core/ids.ts';
import { zeroAmount } from '../../../src/core/budget.ts';
import { runLine } from '../../../src/extension/actions/run-line.ts';
import { preparingWords } from '../../../src/extension/native/preparing-words.ts';
import { plainLabel, plainMessage } from '../../../src/extension/native/shown-text.ts';

/** As the editor reads them. */
const icon = /\$\([A-Za-z0-9-]+(~[A-Za-z]+)?\)/;
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;

describe('what plans, agents and files are called', () => {
  it('draws no icon in a label, and reads the same', () => {
    const label = plainLabel('$(pass) sealed $(sync~spin)');
    expect(label).not.toMatch(icon);
    expect(label.replaceAll('\u200b', '')).toBe('$(pass) sealed $(sync~spin)');
  });

  it.each(['[Approve](command:ashlar.cancelRun)', 'a [b](https://c) [d](file:///e "f")'])(
    'is no link in a notification: %s',
    (text) => {
      expect(text).toMatch(link);
      expect(plainMessage(text)).not.toMatch(link);
    },
  );

  it('draws nothing in the list of runs', () => {
    const hostile = '$(pass) done';
    const line = runLine(
      {
        ...{ artifact: hostile, reason: hostile, outcome: 'failed', paused: false, problem: null },
        key: { folder: 'file:///project', run: runId('20260301-1200-7f3a') },
        ...{
          startedAt: 0,
          elapsedMs: 0,
          sealed: 0,
          modules: 3,
          spent: zeroAmount,
          needs: 0,
          money: 'known',
        },
        driver: 'nobody',
      },
      1_000,
    );
    expect(Object.values(line).join()).not.toMatch(icon);
  });

  it('draws nothing in the status bar while a plan is prepared', () => {
    const { text } = preparingWords({ plan: 'a.plan.yaml', says: 'set-up: $(pass) ok' });
    expect(text.slice('$(sync~spin)'.length)).not.toMatch(icon);
  });
});

import { beforeEach, expect, it, vi } from 'vitest';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { approvalDetail } from '../../../src/extension/actions/approval-words.ts';
import { approveTold } from '../../../src/extension/actions/approve-told.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import { gateId } from '../../../src/core/ids.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { digest } from '../../support/scenario-beginning.ts';
import { composed, listed, sealed } from '../../support/scenario-moves.ts';
import { approves, rejects, reopens } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const editor = vi.hoisted(() => ({ said: [] as string[], answer: '' }));
vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...given: unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
  },
  window: {
    showInformationMessage: async (text: string) => {
      editor.said.push(text);
      return editor.answer;
    },
    showQuickPick: async (items: readonly { label: string }[]) => {
      editor.said.push(items.map(({ label }) => label).join());
      return undefined;
    },
  },
}));

beforeEach(() => Object.assign(editor, { said: [], answer: '' }));

const shipped = plan({
  modules: { lexer: {} },
  gates: { ship: { requires: ['lexer'] }, look: { requires: ['lexer'] } },
});
const asked = () => given(shipped, ...sealed('lexer'), composed('ship', '1-seals'));
const told = [{ gate: gateId('ship'), submission: digest('1-seals') }];

/** What a person did by a button of a notification that was shown when the gate asked. */
async function presses({ state }: Scenario, about = told) {
  const did: unknown[] = [];
  const run: unknown = {
    key: { folder: 'file:///work', run: state.run },
    ...{ replayed: { state }, engine: { approvalDetail } },
  };
  const parts: unknown = {
    refused: (says: string) => did.push(says),
    boards: { open: async (_: unknown, show: unknown) => void did.push(show) },
    runs: {
      send: async (_: unknown, request: unknown) => {
        did.push(request);
        return { ok: true, how: 'done' };
      },
    },
  };
  await approveTold(parts as ActionParts, run as LiveRun, about);
  return { did, said: editor.said };
}

it('approves what the notification told of while that still waits', async () => {
  editor.answer = 'Approve';
  const { did, said } = await presses(asked());
  expect(said[0]).toMatch(/^Approve gate ship /);
  expect(did).toEqual([{ type: 'approve', ...told[0], note: '' }]);
});

it.each([
  [
    'approved',
    () => asked().when(approves('ship', '1-seals')),
    /is decided already: .+ approved it/,
  ],
  ['refused', () => asked().when(rejects('ship', '1-seals')), /is decided already: .+ refused it/],
  [
    'asked about something newer',
    () =>
      asked().when(
        reopens('lexer', 'lexer-2'),
        listed('lexer'),
        ...sealed('lexer'),
        composed('ship', '2-seals'),
      ),
    /asks about a newer submission/,
  ],
  ['reopened', () => asked().when(reopens('lexer', 'lexer-2')), /does not ask about this any more/],
])('says so where the gate was %s meanwhile, and approves nothing', async (_, run, words) => {
  editor.answer = 'Open Board';
  const { did, said } = await presses(run());
  expect(said).toEqual([expect.stringMatching(words)]);
  expect(did).toEqual([{ view: 'gates' }]);
});

it('asks which, of several that it told of', async () => {
  const both = asked().when(composed('look', '1-seals'));
  const { said } = await presses(both, [
    ...told,
    { gate: gateId('look'), submission: digest('1-seals') },
  ]);
  expect(said).toEqual(['ship,look']);
});

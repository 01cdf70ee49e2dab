import { beforeEach, describe, expect, it, vi } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import type { ActionParts } from '../../../src/extension/actions/action-parts.ts';
import { decideDispute } from '../../../src/extension/actions/decide-dispute.ts';
import * as engine from '../../../src/extension/engine.ts';
import type { LiveRun } from '../../../src/extension/runs/runs.ts';
import { given } from '../../support/scenario.ts';
import { arbiterFails, ends, judged, sealed, submits } from '../../support/scenario-moves.ts';
import { plan } from '../../support/scenario-plan.ts';

/** What a person picks by its label, and types. */
const person = vi.hoisted(() => {
  const picks: string[] = [];
  const offered: string[][] = [];
  const lists: { description?: string; detail?: string }[][] = [];
  const asked: { placeHolder?: string; prompt?: string }[] = [];
  const types: { text: string | undefined } = { text: '' };
  return { picks, offered, lists, asked, types };
});

vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...given: unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)])),
  },
  window: {
    showQuickPick: async (
      items: readonly { label: string; description?: string }[],
      options: object,
    ) => {
      person.offered.push(items.map(({ label }) => label));
      person.lists.push([...items]);
      person.asked.push(options);
      const picked = person.picks.shift();
      return items.find(({ label }) => label === picked);
    },
    showInputBox: async (options: object) => {
      person.asked.push(options);
      return person.types.text;
    },
  },
}));

beforeEach(() => {
  person.picks = [];
  person.types.text = 'The contract says so.';
  person.offered = [];
  person.lists = [];
  person.asked = [];
});

const alone = plan({ modules: { lexer: {}, other: {} } });
/** Nothing but its reviewer's doubt about the tests holds the submission back. */
const doubted = () =>
  given(
    alone,
    submits('lexer'),
    judged('lexer', { testsWrong: 'They ask for tabs, the contract for spaces.' }),
    arbiterFails('lexer', false),
  );
/** A verdict that only a reviewer holds back, disputed; no arbiter could decide. */
const disputed = () =>
  given(
    alone,
    submits('lexer'),
    judged('lexer', { review: 'NEEDS_REVISION' }),
    ends('lexer', 'disputed'),
    arbiterFails('lexer', false),
  );

function rig(scenario: ReturnType<typeof given>) {
  const did: unknown[] = [];
  const parts: unknown = {
    refused: (message: string) => did.push(['refused', message]),
    boards: { open: async (_: unknown, show: unknown) => void did.push(['shows', show]) },
    runs: {
      send: async (_: unknown, request: unknown) => {
        did.push(request);
        return { ok: true, how: 'done' };
      },
    },
  };
  const run: unknown = {
    key: { run: '20260101-0000-aaaa' },
    engine,
    replayed: { state: scenario.state },
  };
  return { did, parts: parts as ActionParts, run: run as LiveRun };
}

describe('deciding a dispute', () => {
  it('offers what is possible, and sends the ruling with its reason', async () => {
    const scenario = disputed();
    scenario.leaves({ lexer: 'escalated' });
    const { did, parts, run } = rig(scenario);
    person.picks = ['Overturn'];
    await decideDispute(parts, run, moduleId('lexer'));
    expect(person.offered).toEqual([['Uphold', 'Overturn', 'Amend', 'Look at it first']]);
    const conflict = scenario.module('lexer').conflict;
    const ruling = { decision: 'overturn', reason: 'The contract says so.' };
    expect(did).toEqual([{ type: 'resolve', conflict, ...ruling }]);
  });

  it('asks whose where that was not chosen', async () => {
    const { did, parts, run } = rig(disputed());
    person.picks = ['lexer', 'Uphold'];
    await decideDispute(parts, run);
    expect(person.offered[0]).toEqual(['lexer']);
    expect(did).toMatchObject([{ type: 'resolve', decision: 'uphold' }]);
  });

  it('says what it is about before it is decided, and again where the reason is asked for', async () => {
    const { parts, run } = rig(disputed());
    person.picks = ['Uphold'];
    await decideDispute(parts, run, moduleId('lexer'));
    const [choice, why] = person.asked;
    expect(choice?.placeHolder).toMatch(/^lexer disputes the verdict on attempt 1/);
    expect(why?.prompt).toContain(choice?.placeHolder);
    expect(person.lists[0]?.[0]?.description).toBe(
      'what was judged stands; a builder revises the module',
    );
  });

  it('says that upholding lets it pass where nothing but the dispute holds it back', async () => {
    const { did, parts, run } = rig(doubted());
    person.picks = ['Uphold'];
    await decideDispute(parts, run, moduleId('lexer'));
    expect(person.offered).toEqual([['Uphold', 'Amend', 'Look at it first']]);
    expect(person.lists[0]?.[0]?.description).toBe('the tests stand; the module passes');
    expect(person.asked[0]?.placeHolder).toContain('They ask for tabs');
    expect(did).toMatchObject([{ type: 'resolve', decision: 'uphold' }]);
  });

  it('leads to the board where the person wants to look at it first', async () => {
    const { did, parts, run } = rig(disputed());
    person.picks = ['Look at it first'];
    await decideDispute(parts, run, moduleId('lexer'));
    expect(did).toEqual([['shows', { view: 'gates' }]]);
  });

  it('sends nothing where the person gives no reason', async () => {
    const { did, parts, run } = rig(disputed());
    person.picks = ['Uphold'];
    person.types.text = undefined;
    await decideDispute(parts, run, moduleId('lexer'));
    expect(did).toEqual([]);
  });

  it('says where there is none to decide', async () => {
    const { did, parts, run } = rig(given(alone, ...sealed('lexer')));
    await decideDispute(parts, run, moduleId('lexer'));
    await decideDispute(parts, run);
    expect(did).toEqual([
      ['refused', 'No dispute about lexer waits for you now.'],
      ['refused', 'No dispute of run aaaa waits for you now.'],
    ]);
  });
});

// @vitest-environment jsdom
import '../board/sizes.ts';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moduleId } from '../../../src/core/ids.ts';
import type { Draft } from '../../../src/protocol/board.ts';
import { Amendment } from '../../../src/webview/amendment/Amendment.tsx';
import { board } from '../../../src/webview/store.ts';
import { Story } from '../../core/projections/story.ts';
import { deskOf, knows, meanwhile, Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

const lexer = moduleId('lexer');
const store = () => board.store.getState();

const draftOf = (rest: Partial<Draft> = {}): Draft => ({
  ...{ kind: 'reopen', module: lexer, from: 1, problem: '' },
  files: [
    {
      ...{ path: 'contract/contracts/lexer.md', added: 1, removed: 1, cut: false },
      lines: [
        { kind: 'removed', text: 'STRING the text between the quotes' },
        { kind: 'added', text: 'STRING the text, escapes resolved' },
      ],
    },
    { path: 'tests/tests/lexer/escapes.test.js', added: 40, removed: 0, lines: [], cut: false },
  ],
  ...rest,
});

const drafts = (draft: Draft | null): void =>
  board.store.setState({ drafts: draft === null ? new Map() : new Map([[lexer, draft]]) });

/** lexer and parser are sealed, vm is not; lexer is about to be amended. */
async function amending(draft: Draft | null, story = new Story().go().seal('lexer', 'vm')) {
  knows(story.events, store().desk ?? {});
  board.store.setState({ amending: lexer });
  drafts(draft);
  await page.show(<Amendment />);
}
const sealedTwo = () => new Story().go().seal('lexer', 'vm').seal('parser');
const confirmed = () => page.acts.filter(({ do: does }) => does === 'confirm-draft');
const foot = (): string => page.all('.amendment-why')[0]!.textContent;
const primary = (): HTMLElement => page.all('.amendment-foot .button-primary')[0]!;
const isOff = (): boolean => 'disabled' in primary() && (primary() as HTMLButtonElement).disabled;
/** As on a wide page: why stands in a column of its own, and not under what happens. */
const cells = (): string[][] =>
  page.all('.follows tbody tr').map((row) =>
    [...row.children].map((cell) => {
      const below = cell.querySelector('.follows-why-below')?.textContent ?? '';
      return cell.textContent.slice(0, cell.textContent.length - below.length);
    }),
  );

describe('an amendment', () => {
  test('is confirmed with its reason, and is then under way', async () => {
    await amending(draftOf(), sealedTwo());
    await page.write('Reason', '  escapes are missing ');
    await page.click('Reopen lexer, judge 1 again');
    const reason = 'escapes are missing';
    expect(page.acts).toEqual([{ do: 'confirm-draft', module: 'lexer', reason }]);
    expect(foot()).toBe('Being done…');
    expect(isOff()).toBe(true);
  });

  test('that was refused can be tried again, once it is said why', async () => {
    await amending(draftOf(), sealedTwo());
    await page.write('Reason', 'escapes');
    await page.click('Reopen lexer, judge 1 again');
    await meanwhile(() => board.store.setState({ refusal: 'the run is just being delivered' }));
    expect(page.text).toContain('the run is just being delivered');
    expect(isOff()).toBe(false);
    await page.click('Reopen lexer, judge 1 again');
    expect(confirmed()).toHaveLength(2);
    expect(store().refusal).toBeNull();
  });

  test.each<[string, Draft | null, string, string]>([
    ['without a reason', draftOf(), ' ', 'Write the reason first.'],
    ['before the draft is there', null, 'r', 'The contract is being opened for editing.'],
    [
      'before anything is changed',
      draftOf({ files: [], problem: '' }),
      'r',
      'Nothing is changed yet: edit the contract and save it.',
    ],
    [
      'with a problem in the draft',
      draftOf({ problem: 'the contract has no tests left' }),
      'r',
      'The contract has no tests left',
    ],
    [
      'begun from another version',
      draftOf({ from: 2 }),
      'r',
      'The draft was begun from v2; the contract is at v1 by now. Discard it and begin again.',
    ],
  ])('%s cannot be confirmed, and says so', async (_, draft, reason, says) => {
    await amending(draft);
    await page.write('Reason', reason);
    expect(foot()).toBe(says);
    expect(isOff()).toBe(true);
    await act(async () => primary().click());
    expect(confirmed()).toEqual([]);
  });

  test('of a run that was cancelled cannot be confirmed', async () => {
    const story = sealedTwo();
    story.do({ type: 'cancel-run', by: 'sam', reason: 'enough' });
    await amending(draftOf(), story);
    await page.write('Reason', 'escapes');
    expect(isOff()).toBe(true);
    expect(page.text).toContain('This cannot be done now');
  });

  test('in a restricted workspace cannot be confirmed', async () => {
    board.store.setState({ desk: deskOf({ trusted: false }) });
    await amending(draftOf(), sealedTwo());
    await page.write('Reason', 'escapes');
    expect(isOff()).toBe(true);
    expect(foot()).toContain('restricted');
  });

  test('shows what the draft changes, as it is saved', async () => {
    await amending(draftOf({ files: [] }));
    expect(page.text).toContain('what you save appears here');
    await meanwhile(() => drafts(draftOf()));
    expect(page.text).toContain('+ STRING the text, escapes resolved');
    expect(page.all('section[aria-label=Tests]')[0]?.textContent).toContain(
      'tests/lexer/escapes.test.js+40 −0',
    );
    await page.click('Open in editor');
    expect(page.acts).toEqual([{ do: 'open-draft', module: 'lexer' }]);
  });

  test('that is left keeps its draft and its reason', async () => {
    await amending(draftOf());
    await page.write('Reason', 'escapes');
    await page.click('Back');
    expect(page.acts).toEqual([]);
    expect(store()).toMatchObject({ amending: null });
    expect(store().drafts.has(lexer)).toBe(true);
    await meanwhile(() => store().amend(lexer));
    expect(page.all('vscode-textarea')[0]).toHaveProperty('value', 'escapes');
  });

  test('is thrown away by the host, which asks first', async () => {
    await amending(draftOf());
    await page.click('Discard draft');
    expect(page.acts).toEqual([{ do: 'discard-draft', module: 'lexer' }]);
    expect(store().amending).toBe('lexer');
  });
});

describe('what follows from an amendment', () => {
  test('is told module by module: what is built again, what is judged again, and why', async () => {
    await amending(draftOf(), sealedTwo());
    expect(cells().slice(0, 2)).toEqual([
      ['lexer', 'v1v2', 'built again', 'you change it', '3 min', '$0.26'],
      ['parser', 'v1', 'judged again', 'stands on lexer', '1 min', '$0.01'],
    ]);
    expect(page.text).toContain('1 module built again, 1 judged again, 1 not touched');
    expect(page.text).toContain('Not touched: vm. Their seals and verdicts stand.');
  });

  test('is summed up in time and money', async () => {
    await amending(draftOf(), sealedTwo());
    expect(cells().at(-1)!.slice(2)).toEqual(['+4 min', '+$0.27']);
  });

  test('names the tiers and gates that are judged or asked about again', async () => {
    await amending(draftOf(), new Story().toApproval());
    const note = page.all('.follows-note')[0]!.textContent;
    expect(note).toContain('Tier core is judged again.');
    expect(note).toContain('Gate ship is asked again, about what it then is.');
  });

  test('of a module that is being built is that its attempt ends', async () => {
    await amending(draftOf({ kind: 'amend' }), new Story().go().after(30));
    expect(cells()[0]).toContain('attempt ends, built again');
    expect(primary().textContent).toBe('Amend lexer');
  });

  test('is drawn with what changes on the left and what stands on it to its right', async () => {
    await amending(draftOf(), sealedTwo());
    const left = page.all('.follow-stone').map(({ style, textContent }) => ({
      x: Number.parseFloat(style.left),
      says: textContent,
    }));
    expect(left[0]?.says).toContain('lexerv2built again');
    expect(left[1]!.x).toBeGreaterThan(left[0]!.x);
  });
});

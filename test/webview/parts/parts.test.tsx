// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CardShape } from '../../../src/core/projections/card-shape.ts';
import { Bar } from '../../../src/webview/parts/Bar.tsx';
import { VersionMark } from '../../../src/webview/parts/Chip.tsx';
import { Button, TextArea } from '../../../src/webview/parts/controls.tsx';
import { DiffView } from '../../../src/webview/parts/Diff.tsx';
import { EvidenceBlock } from '../../../src/webview/parts/Evidence.tsx';
import { looks } from '../../../src/webview/parts/looks.ts';
import { Section } from '../../../src/webview/parts/Section.tsx';
import { Stone } from '../../../src/webview/parts/Stone.tsx';
import { evidence } from '../../core/projections/story.ts';
import { Page } from '../page.ts';

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close());

/** States that are told apart by their icon or word alone share an outline. */
const outlines: readonly (readonly CardShape[])[] = [
  ['planned'],
  ['waiting', 'ready'],
  ['building', 'revising'],
  ['review'],
  ['needs-revision'],
  ['failed'],
  ['abandoned'],
  ['blocked'],
  ['sealed', 'stale'],
  ['reopened'],
];

/** Lines as drawn, without what colours them. */
const drawing = (svg: Element | undefined): string =>
  (svg?.innerHTML ?? '').replaceAll(/ (stroke|fill|class)="[^"]*"/g, '');

describe('a stone', () => {
  test.each([
    ['a card', 208, 100],
    ['a tile', 44, 30],
  ])('tells its state by its outline, as %s', async (_, width, height) => {
    const shapes = outlines.map(([first]) => first!);
    // What is done and what failed are told apart from the rest without any colour.
    const told: CardShape[] = [
      'planned',
      'review',
      'needs-revision',
      'failed',
      'blocked',
      'sealed',
    ];
    await page.show(
      <>
        {shapes.map((shape) => (
          <Stone key={shape} {...{ shape, width, height }} ghost={shape === 'reopened'} />
        ))}
      </>,
    );
    const drawn = page.all('.stone').map(drawing);
    for (const shape of told) {
      const own = drawn[shapes.indexOf(shape)];
      const others = drawn.filter((_, index) => {
        const other = shapes[index]!;
        return other !== shape && !(shape === 'failed' && other === 'abandoned');
      });
      expect(others, shape).not.toContain(own);
    }
  });

  test('that needs a person has a ring around it', async () => {
    await page.show(<Stone shape="sealed" width={208} height={100} needsYou />);
    expect(page.all('rect').at(-1)?.getAttribute('width')).toBe('214');
  });

  test('has an icon in every state, and turns only where something is at work', () => {
    const turning = Object.entries(looks).filter(([, { spin }]) => spin);
    expect(turning.map(([shape]) => shape)).toEqual(['building', 'revising']);
    expect(Object.values(looks).every(({ icon }) => /^[a-z-]+$/.test(icon))).toBe(true);
  });
});

describe('controls', () => {
  test('a disabled button does nothing', async () => {
    let pressed = 0;
    await page.show(
      <Button disabled onClick={() => pressed++}>
        Go
      </Button>,
    );
    await page.click('Go');
    expect(pressed).toBe(0);
  });

  test('a button is pressed by the keyboard, once however long the key is held', async () => {
    let pressed = 0;
    await page.show(<Button onClick={() => pressed++}>Go</Button>);
    const button = page.button('Go');
    const key = (rest: KeyboardEventInit) =>
      button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...rest }));
    key({});
    key({ repeat: true });
    expect(pressed).toBe(1);
    expect(button.tabIndex).toBe(0);
    expect(button.getAttribute('role')).toBe('button');
  });

  test('a text area is labelled and tells what is written', async () => {
    let written = '';
    const onChange = (value: string) => {
      written = value;
    };
    await page.show(<TextArea label="Why" value="" onChange={onChange} />);
    await page.write('Why', 'because');
    expect(written).toBe('because');
    const field = page.all('vscode-textarea')[0]?.shadowRoot?.querySelector('textarea');
    expect(field?.getAttribute('aria-label')).toBe('Why');
  });

  test('a section folds, and its title leads where it is to lead', async () => {
    let led = 0;
    await page.show(
      <Section title="Run" onTitle={() => led++}>
        inside
      </Section>,
    );
    await page.click('Fold Run');
    expect(page.text).not.toContain('inside');
    expect(page.button('Fold Run').getAttribute('aria-expanded')).toBe('false');
    await page.click('Run');
    expect(led).toBe(1);
  });
});

describe('what others wrote', () => {
  test('is text in a diff, and what was left out is said', async () => {
    const lines = [
      { kind: 'added', text: '<b>x</b>' },
      { kind: 'removed', text: 'y' },
    ] as const;
    await page.show(
      <DiffView files={[{ path: 'tests/a.js', added: 1, removed: 1, lines, cut: true }]} />,
    );
    expect(page.text).toContain('+ <b>x</b>');
    expect(page.text).toContain('− y');
    expect(page.all('b')).toEqual([]);
    expect(page.text).toContain('more in the editor');
  });

  test.each([
    ['contract/contracts/lexer.md', 'contracts/lexer.md'],
    ['tests/tests/lexer/escapes.test.js', 'tests/lexer/escapes.test.js'],
    ['stub/src/lexer.js', 'stub/src/lexer.js'],
    ['contract/guide.md', 'contract/guide.md'],
    ['tests/tests.js', 'tests/tests.js'],
  ])('a folder that only repeats the next is left out of a path: %s is %s', async (path, shown) => {
    await page.show(<DiffView files={[{ path, added: 1, removed: 0, lines: [], cut: false }]} />);
    expect(page.all('figcaption .ellipsis')[0]?.textContent).toBe(shown);
  });

  test('is bounded in evidence, and leads to a file only where one is named', async () => {
    const nowhere = { ...evidence('no file'), file: null, line: null };
    const much = Array.from({ length: 30 }, () => evidence('x\n'.repeat(500)));
    await page.show(<EvidenceBlock evidence={[nowhere, ...much]} onOpen={() => undefined} />);
    expect(page.text).toContain('and 11 more');
    expect(page.all('button')).toHaveLength(19);
    expect(page.all('.evidence-says')[1]?.textContent.split('\n').length).toBeLessThanOrEqual(41);
  });
});

describe('figures', () => {
  test('a bar never claims more than everything, and nothing where nobody knows', async () => {
    await page.show(
      <>
        <Bar percent={140} tone="run" label="a" />
        <Bar percent={null} tone="run" label="b" />
      </>,
    );
    const values = page.all('[role=progressbar]').map((bar) => bar.getAttribute('aria-valuenow'));
    expect(values).toEqual(['100', null]);
  });

  test('an amended contract is marked by more than its number', async () => {
    await page.show(<VersionMark version={2} amended />);
    expect(page.all('[title="contract v2, amended"] [role=img]')).toHaveLength(1);
  });
});

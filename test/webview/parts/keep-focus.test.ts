// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepFocus } from '../../../src/webview/parts/keep-focus.ts';

keepFocus(document);

let here = true;
beforeEach(() => {
  here = true;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => here);
  document.body.innerHTML = `
    <main tabindex="0">
      <p>words</p><button>one</button><button>two</button><button>three</button>
      <ul><li><a href="#x">link</a></li></ul>
    </main>
    <footer><button>last</button></footer>`;
});
afterEach(() => vi.restoreAllMocks());

const button = (name: string): HTMLElement =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
const focused = (): string => document.activeElement?.textContent.trim() ?? '';

describe('the focus of what is taken away', () => {
  test('goes to what stands in its place now', async () => {
    button('two').focus();
    button('two').remove();
    await vi.waitFor(() => expect(focused()).toBe('three'));
    const instead = Object.assign(document.createElement('button'), { textContent: 'instead' });
    button('three').replaceWith(instead);
    await vi.waitFor(() => expect(focused()).toBe('instead'));
  });

  test('goes to what stood before it where nothing comes after, and else to what is around it', async () => {
    document.querySelector('ul')!.remove();
    button('three').focus();
    button('three').remove();
    await vi.waitFor(() => expect(focused()).toBe('two'));
    document.querySelector('main')!.replaceChildren('nothing left');
    await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('MAIN'));
  });

  test('stays near when it goes with all that it stands in', async () => {
    document.querySelector('a')!.focus();
    document.querySelector('main')!.remove();
    await vi.waitFor(() => expect(focused()).toBe('last'));
  });

  test('waits until the person is back', async () => {
    button('two').focus();
    here = false;
    button('two').remove();
    await new Promise((done) => setTimeout(done));
    expect(document.activeElement).toBe(document.body);
    here = true;
    window.dispatchEvent(new Event('focus'));
    await vi.waitFor(() => expect(focused()).toBe('three'));
  });

  test('goes nowhere where somebody had left it before', async () => {
    button('two').focus();
    button('two').blur();
    await new Promise((done) => setTimeout(done));
    button('two').remove();
    await new Promise((done) => setTimeout(done));
    window.dispatchEvent(new Event('focus'));
    await new Promise((done) => setTimeout(done));
    expect(document.activeElement).toBe(document.body);
  });

  test('is not taken from where it is', async () => {
    button('two').focus();
    button('one').remove();
    await new Promise((done) => setTimeout(done));
    expect(focused()).toBe('two');
  });
});

import { act, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { RunEvent } from '../../src/core/events.ts';
import type { Action, BoardMessage, Desk, DeskRun, RunKey } from '../../src/protocol/board.ts';
import type { PreviewMessage } from '../../src/protocol/preview.ts';
import { board } from '../../src/webview/store.ts';
import { Moments } from '../../src/webview/time/moments.ts';

/** What the webview asked its editor for, oldest first. */
export const posted: (BoardMessage | PreviewMessage)[] = [];
Object.assign(globalThis, {
  IS_REACT_ACT_ENVIRONMENT: true,
  acquireVsCodeApi: () => ({
    postMessage: (message: BoardMessage | PreviewMessage) => posted.push(message),
    getState: () => null,
    setState: () => undefined,
  }),
});

/** A part of the webview on a page, with an editor that only writes down what it is told. */
export class Page {
  readonly #root = createRoot(document.body.appendChild(document.createElement('div')));

  async show(element: ReactElement): Promise<this> {
    await act(async () => this.#root.render(element));
    return this;
  }

  get text(): string {
    return document.body.textContent;
  }

  /** What was asked for since the page was opened. */
  get acts(): readonly Action[] {
    return posted.flatMap((message) => (message.type === 'act' ? [message.action] : []));
  }

  all(selector: string): HTMLElement[] {
    return [...document.body.querySelectorAll<HTMLElement>(selector)];
  }

  /** Buttons and links of that name, by what is read aloud. */
  buttons(name: string): HTMLElement[] {
    return this.all('button, vscode-button').filter((button) => nameOf(button) === name);
  }

  button(name: string): HTMLElement {
    const [button] = this.buttons(name);
    if (button === undefined) {
      const names = this.all('button, vscode-button').map(nameOf);
      throw new Error(`no button ${name} among ${names.join(', ')}`);
    }
    return button;
  }

  async click(name: string): Promise<this> {
    await act(async () => this.button(name).click());
    return this;
  }

  /** Writes into the field of that label. */
  async write(label: string, text: string): Promise<this> {
    const field = this.all('input, vscode-textarea').find(
      (each) => ('label' in each ? each.label : each.getAttribute('aria-label')) === label,
    );
    if (field === undefined) throw new Error(`no field ${label}`);
    await act(async () => {
      if (field instanceof HTMLInputElement) {
        // React hears only of values that it did not set itself.
        Reflect.set(HTMLInputElement.prototype, 'value', text, field);
      } else Object.assign(field, { value: text });
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    return this;
  }

  /** A key, where the focus is. */
  async press(key: string): Promise<this> {
    const at = document.activeElement ?? document.body;
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    await act(async () => at.dispatchEvent(event));
    return this;
  }

  /** Takes the page away and forgets what was asked for. */
  close(): void {
    act(() => this.#root.unmount());
    document.body.replaceChildren();
    posted.length = 0;
    board.store.setState(board.store.getInitialState(), true);
  }
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? element.textContent.trim();
}

/** Something changes while the page is open. */
export async function meanwhile(change: () => void): Promise<void> {
  await act(async () => change());
}

/** The store knows this run, as if the editor had sent it. */
export function knows(events: readonly RunEvent[], desk: Partial<Desk> = {}): RunKey {
  const moments = new Moments();
  moments.append(events);
  const folded = moments.last!;
  const key = { folder: 'file:///work', run: folded.state.run };
  const current = deskRun(key.run, { artifact: folded.state.plan.artifact.name, driver: 'here' });
  board.store.setState({
    ...{ chronicle: folded, moments, moment: null, key, driver: 'here' },
    desk: deskOf({ runs: [current], current: key, ...desk }),
  });
  return key;
}

export function deskOf(desk: Partial<Desk> = {}): Desk {
  return {
    ...{ at: Date.UTC(2026, 2, 1, 12), trusted: true },
    folders: [{ uri: 'file:///work', name: 'work', plans: [] }],
    ...{ runs: [], current: null, starting: null },
    ...desk,
  };
}

export function deskRun(run: string, rest: Partial<DeskRun> = {}): DeskRun {
  return {
    key: { folder: 'file:///work', run: run as RunKey['run'] },
    ...{ artifact: 'tiny', outcome: null, reason: '', paused: false },
    ...{ startedAt: Date.UTC(2026, 2, 1, 11), elapsedMs: 1_440_000, sealed: 8, modules: 8 },
    spent: { tokens: 1_240_000, microUsd: 9_100_000, turns: 4, ms: 1_000 },
    money: 'known',
    ...{ needs: 0, driver: 'nobody', problem: null },
    ...rest,
  };
}

import type { FrameLocator, Locator } from 'playwright-core';
import type { EditorWindow } from './window.ts';

/** Agents of the example at twenty times their speed, and two cores for their checks. */
const RUN_MS = 150_000;

/** The board of a window, by what it is called for those who do not see it. */
export class BoardPage {
  readonly window: EditorWindow;

  constructor(window: EditorWindow) {
    this.window = window;
  }

  get frame(): FrameLocator {
    return this.window.board();
  }

  /** The card of a module, or the diamond of a gate; where it asks for a person, its tooltip tells its state. */
  node(name: string, state = ''): Locator {
    const said = (more: string): Locator =>
      this.frame.getByRole('button', { name: new RegExp(`^${name}(?![\\w-])${more}`, 's') });
    const told = said('').and(this.frame.getByTitle(new RegExp(state)));
    return said(`.*(${state})`).or(told).first();
  }

  /** Waits until a module or a gate is so; runs take their time. */
  async reaches(name: string, state: string): Promise<void> {
    await this.node(name, state).waitFor({ timeout: RUN_MS });
  }

  /** What the header says of the run as a whole. */
  async says(phase: string | RegExp): Promise<void> {
    const word = this.frame.locator('.header .metric-word').first();
    await word.filter({ hasText: phase }).waitFor({ timeout: RUN_MS });
  }

  async open(view: 'Graph' | 'Streams' | 'Gates' | 'Table' | 'Account'): Promise<void> {
    await this.frame.getByRole('tab', { name: view }).click();
    await this.frame.locator('#board-view [aria-busy]').waitFor({ state: 'detached' });
  }

  /** The drawer of a module, opened by its card. */
  async drawer(module: string): Promise<Locator> {
    await this.node(module).click();
    const drawer = this.frame.getByRole('complementary', { name: module });
    await drawer.getByRole('heading').first().waitFor();
    return drawer;
  }
}

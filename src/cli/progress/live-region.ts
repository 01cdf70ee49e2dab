import type { RunEvent } from '../../core/events.ts';
import { happening } from '../../core/projections/happening.ts';
import { runStatus } from '../../core/projections/run-status.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Replayed } from '../../core/projections/timeline.ts';
import type { Terminal } from '../terminal.ts';
import { frame } from './frame.ts';
import { fitText } from './text-width.ts';
import type { Watcher } from './watcher.ts';

/** As often as a person can follow, and a slow terminal can draw. */
const drawEveryMs = 100;
/** Elapsed time moves on although nothing happens. */
const tickEveryMs = 1_000;

/** A region at the end of the terminal that is drawn over again and again. */
export class LiveRegion implements Watcher {
  readonly #terminal: Terminal;
  readonly #program: string;
  readonly #timer: Disposable;
  #replayed: Replayed | null = null;
  #latest = '';
  /** Lines of the region that stand on the screen. */
  #drawn = 0;
  #dirty = false;
  #sinceDrawn = 0;

  constructor(terminal: Terminal, program: string) {
    this.#terminal = terminal;
    this.#program = program;
    terminal.out('\u001b[?25l');
    this.#timer = terminal.every(drawEveryMs, () => {
      this.#sinceDrawn += drawEveryMs;
      if (this.#dirty || this.#sinceDrawn >= tickEveryMs) this.#draw();
    });
  }

  begin(replayed: Replayed): void {
    this.#replayed = replayed;
    this.#dirty = true;
  }

  event(event: RunEvent): void {
    const happened = happening(event);
    if (happened !== null && happened.weight !== 'detail') this.#latest = happened.says;
  }

  turned(replayed: Replayed): void {
    this.#replayed = replayed;
    this.#dirty = true;
  }

  /** Stays above the region. */
  note(text: string): void {
    this.#erase();
    const { columns } = this.#terminal.size();
    this.#terminal.out(`${fitText(oneLine(text, 400), columns - 1)}\n`);
    this.#draw();
  }

  /** The last picture stays, with everything as it is now. */
  end(): void {
    this.#timer[Symbol.dispose]();
    this.#draw();
    this.#terminal.out('\u001b[?25h');
  }

  #draw(): void {
    const replayed = this.#replayed;
    if (replayed === null) return;
    const { state } = replayed;
    const at = Math.max(this.#terminal.now(), state.at);
    const lines = frame(runStatus(replayed, at), {
      ...this.#terminal.size(),
      colour: this.#terminal.colour,
      program: this.#program,
      budgetMicroUsd: state.plan.budget.microUsd,
      at,
      latest: this.#latest,
    });
    const up = this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A`;
    const body = lines.map((line) => `\u001b[2K${line}\n`).join('');
    this.#terminal.out(`${up}\r${body}\u001b[J`);
    this.#drawn = lines.length;
    this.#dirty = false;
    this.#sinceDrawn = 0;
  }

  #erase(): void {
    if (this.#drawn > 0) this.#terminal.out(`\u001b[${this.#drawn}A\r\u001b[J`);
    this.#drawn = 0;
  }
}

import type { Disposable, Event } from 'vscode';

/**
 * An event of ours with the shape of the editor's, so that nothing here needs the editor. What a
 * listener throws keeps neither the others nor whoever fires from going on.
 */
export class Emitter<T> {
  readonly #listeners = new Set<{ readonly call: (value: T) => unknown }>();

  readonly event: Event<T> = (listener, thisArgs?: unknown, disposables?) => {
    const entry = { call: (value: T): unknown => listener.call(thisArgs, value) };
    this.#listeners.add(entry);
    // The editor's own class cannot be had without the editor; nobody asks for more than its form.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    const disposable: Disposable = { dispose: () => this.#listeners.delete(entry) };
    disposables?.push(disposable);
    return disposable;
  };

  fire(value: T): void {
    for (const { call } of [...this.#listeners]) {
      try {
        call(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

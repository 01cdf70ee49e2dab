import type { HostTests } from '../../../scripts/editor/host-tests.mjs';
import type { Editor } from './editor.ts';

/** How a suite in the extension host ended, and what it said on its console. */
export interface HostRun {
  readonly code: number;
  readonly lines: readonly string[];
}

/** The page of an editor with the test driver tells two functions what its suite says and how it ends. */
export async function runInHost(
  editor: Editor,
  folder: string,
  tests: HostTests,
): Promise<HostRun> {
  const lines: string[] = [];
  const { promise: ended, resolve } = resolvable<number>();
  await editor.open(folder, {
    payload: [
      ['extensionDevelopmentPath', editor.remote(tests.folder)],
      ['extensionTestsPath', editor.remote(tests.suite)],
    ],
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', (_type: string, said: readonly unknown[]) => {
        lines.push(said.map(String).join(' '));
      });
      await page.exposeFunction('codeAutomationExit', resolve);
    },
  });
  return { code: await ended, lines };
}

function resolvable<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

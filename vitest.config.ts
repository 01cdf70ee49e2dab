import { defineConfig, type Plugin } from 'vitest/config';

/** Test kinds are told apart by file name; each kind is a project, so that it can run alone. */
const CORE = 'test/core/**/*.test.ts';
const SIM = 'test/**/*.sim.test.ts';
const KILL = 'test/**/*.kill.test.ts';
/** In a browser, without an editor. */
const BROWSER = 'test/**/*.browser.test.ts';
const EDITOR = 'test/**/*.e2e.test.ts';

/** As the bundles have it: the agents' prompts are files of text. */
const prompts: Plugin = {
  name: 'prompts',
  transform: (text, id) =>
    id.endsWith('.v1.md') ? { code: `export default ${JSON.stringify(text)};`, map: null } : null,
};

export default defineConfig({
  plugins: [prompts],
  test: {
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        // A hang ends the test; a slow machine does not.
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [CORE, SIM, KILL, BROWSER, EDITOR],
          setupFiles: ['test/webview/custom-elements.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      // Pure, so its files may share what one of them has loaded: half of its time was loading.
      {
        extends: true,
        test: {
          name: 'core',
          include: [CORE],
          exclude: [SIM],
          isolate: false,
          testTimeout: 300_000,
        },
      },
      // It may have to wait for all other tests; a run of it that goes on for ever ends by its steps.
      { extends: true, test: { name: 'sim', include: [SIM], testTimeout: 1_500_000 } },
      {
        extends: true,
        test: { name: 'kill', include: [KILL], testTimeout: 1_200_000, hookTimeout: 1_200_000 },
      },
      {
        extends: true,
        test: { name: 'browser', include: [BROWSER], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        // One editor at a time: two browsers and two servers do not fit two cores.
        test: {
          name: 'editor',
          include: [EDITOR],
          globalSetup: ['test/editor/support/provision.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

import { effectVariable } from './effect-processes.ts';

/** Folders of a child's own: nothing in them outlives it. */
export interface ChildFolders {
  readonly home: string;
  readonly temporary: string;
}

/** What programs on Windows cannot start without; harmless elsewhere, where none of it is set. */
const system = ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'windir'];

/**
 * Names that a plan may not pass through: they would let code into every child, break ours, or give
 * away by whose account agents are paid.
 */
const kept = /^(NODE_OPTIONS|PATH|HOME|ASHLAR_.*|ANTHROPIC_(API_KEY|AUTH_TOKEN))$/i;

/**
 * A child's whole environment. Nothing of the engine's own passes but the search path and what a
 * plan names, so that no key of the user's does either; everything that could make two machines
 * disagree is fixed.
 */
export function childEnvironment(
  outer: NodeJS.ProcessEnv,
  passed: readonly string[],
  folders: ChildFolders,
  effect: string,
): Record<string, string> {
  const names = [...system, ...passed.filter((name) => !kept.test(name))];
  const through = names.flatMap((name) => {
    const value = outer[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    PATH: outer.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: folders.home,
    TMPDIR: folders.temporary,
    TMP: folders.temporary,
    TEMP: folders.temporary,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    CI: '1',
    FORCE_COLOR: '0',
    ...Object.fromEntries(through),
    [effectVariable]: effect,
  };
}

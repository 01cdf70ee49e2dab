import { devNull } from 'node:os';

/** Which repository a git command works on; what is left out is not set for it. */
export interface GitPlace {
  readonly gitDir?: string;
  readonly workTree?: string;
  readonly indexFile?: string;
}

/** What git needs of our own environment to start at all. */
const passed = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'SystemRoot', 'USERPROFILE'];

/**
 * Everything by which a repository, its user or its owner could make git run a program, change
 * bytes, reach the network or look elsewhere than told.
 */
const config: readonly (readonly [string, string])[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['core.attributesFile', devNull],
  ['core.autocrlf', 'false'],
  ['core.quotePath', 'false'],
  ['core.pager', 'cat'],
  ['core.fsync', 'all'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['protocol.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['safe.directory', '*'],
];

const fixed: Readonly<Record<string, string>> = {
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  // A partial clone would fetch what it lacks, into the user's own repository.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};

/**
 * The whole environment of a hardened git. `settings` come after the fixed ones and win over them;
 * `core.excludesFile` is nothing unless it is among them.
 */
export function gitEnvironment(
  place: GitPlace,
  settings: readonly (readonly [string, string])[] = [],
): Record<string, string> {
  const env: Record<string, string> = { ...fixed };
  for (const name of passed) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  if (place.gitDir !== undefined) env.GIT_DIR = place.gitDir;
  if (place.workTree !== undefined) env.GIT_WORK_TREE = place.workTree;
  if (place.indexFile !== undefined) env.GIT_INDEX_FILE = place.indexFile;
  const all = [...config, ['core.excludesFile', devNull] as const, ...settings];
  env.GIT_CONFIG_COUNT = String(all.length);
  for (const [index, [key, value]] of all.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return env;
}

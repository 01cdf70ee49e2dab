import { keysOf, type FoundKey } from './yaml-place.ts';

/** The names that a plan's text gives, as far as it is written. */
export interface PlanNames {
  readonly artifact: string;
  readonly modules: readonly string[];
  readonly tiers: readonly string[];
  readonly gates: readonly string[];
  readonly resources: readonly string[];
  /** Those that are declared, and those that modules name. */
  readonly streams: readonly string[];
}

export function planNames(text: string): PlanNames {
  const keys = keysOf(text);
  const under = (section: string): string[] =>
    keys.filter(({ path }) => path.length === 2 && path[0] === section).map(lastStep);
  const named = keys.filter(({ path }) => path.length === 3 && path[2] === 'stream');
  const artifact = keys.find(({ path }) => path.join('.') === 'artifact.name');
  return {
    artifact: plain(artifact?.value ?? ''),
    modules: under('modules'),
    tiers: under('tiers'),
    gates: under('gates'),
    resources: under('resources'),
    streams: [...new Set([...under('streams'), ...named.map(({ value }) => plain(value))])].filter(
      (name) => name !== '',
    ),
  };
}

const lastStep = ({ path }: FoundKey): string => String(path.at(-1));

/** A scalar without its quotes and the comment behind it. */
function plain(value: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(value);
  return quoted?.[2] ?? value.replace(/\s+#.*$/, '');
}

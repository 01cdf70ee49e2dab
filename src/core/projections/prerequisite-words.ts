import { t } from '../language.ts';
import type { Prerequisite } from '../plan/plan.ts';
import type { RunState } from '../state.ts';
import { oneLine } from './safe-text.ts';

/** A prerequisite that does not hold, and what a person can do about it. */
export interface Missing {
  readonly name: string;
  /** What it asks for. */
  readonly asks: string;
  /** What was found. */
  readonly says: string;
  readonly remedy: string;
}

/** What is known to be missing, in the order of the plan; nothing once work may start. */
export function missingOf({ phase, plan }: RunState): Missing[] {
  if (phase.at !== 'checking' && phase.at !== 'lacking') return [];
  const found = new Map(phase.checked.map((each) => [each.name, each]));
  return plan.prerequisites.flatMap((each) => {
    const checked = found.get(each.name);
    if (checked === undefined || checked.passed) return [];
    const says = oneLine(checked.says, 300) || t('it does not hold');
    return [{ name: each.name, asks: asksFor(each), says, remedy: remedyOf(each) }];
  });
}

/** How far the check is, where there is something to check; null once it is over. */
export function prerequisiteProgress({ phase, plan }: RunState): string | null {
  const all = plan.prerequisites.length;
  if (phase.at !== 'checking' || all === 0) return null;
  return t('{0} of {1} prerequisites checked', phase.checked.length, all);
}

/** A line for each with its remedy; the first of many. */
export function missingWords(missing: readonly Missing[]): string {
  const lines = missing
    .slice(0, mostShown)
    .map(({ name, says, remedy }) => `${name}: ${says} ${remedy}`);
  const left = missing.length - lines.length;
  return [...lines, ...(left > 0 ? [t('… and {0} more', left)] : [])].join('\n');
}

const mostShown = 20;
const mostNames = 10;

/** What a prerequisite asks for, in a few words. */
export function asksFor(prerequisite: Prerequisite): string {
  if ('run' in prerequisite) return t('`{0}` exits with 0', oneLine(prerequisite.run, 120));
  if ('env' in prerequisite) {
    const { env, pattern } = prerequisite;
    return pattern === null
      ? t('{0} is set', env)
      : t('{0} looks like {1}', env, oneLine(pattern, 80));
  }
  if ('program' in prerequisite) {
    const { program, version } = prerequisite;
    return t('{0} is on the search path', named(program, version));
  }
  if ('service' in prerequisite) return t('{0} is reachable', oneLine(prerequisite.service, 120));
  const { mcp, pass } = prerequisite;
  const server = oneLine(mcp, 120);
  if (pass.length === 0) return t('MCP server {0} answers', server);
  const names = pass.slice(0, mostNames).join(', ');
  const more = pass.length - mostNames;
  const given = more > 0 ? t('{0} and {1} more', names, more) : names;
  return t('MCP server {0}, given {1}, answers', server, given);
}

const named = (program: string, version: string | null): string =>
  version === null ? program : `${program} ${version}`;

/** What to do where it is missing: the plan's word, or what its kind suggests. */
function remedyOf(prerequisite: Prerequisite): string {
  // Of journals from before there were remedies, too.
  const own = prerequisite.remedy ?? '';
  if (own !== '') return oneLine(own, 300);
  if ('run' in prerequisite) return t('Run the command yourself, and mend what it says.');
  if ('env' in prerequisite) return t('Set {0} where Ashlar is started.', prerequisite.env);
  if ('program' in prerequisite) {
    const { program, version } = prerequisite;
    return t('Install {0}, and put it on the PATH.', named(program, version));
  }
  if ('service' in prerequisite) return t('Start what listens there, or correct the address.');
  return t('Start the server yourself and see what it says, or correct the command.');
}

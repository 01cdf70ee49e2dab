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
    const says = oneLine(checked.says, 300) || 'it does not hold';
    return [{ name: each.name, asks: asksFor(each), says, remedy: remedyOf(each) }];
  });
}

/** How far the check is, where there is something to check; null once it is over. */
export function prerequisiteProgress({ phase, plan }: RunState): string | null {
  const all = plan.prerequisites.length;
  if (phase.at !== 'checking' || all === 0) return null;
  return `${phase.checked.length} of ${all} prerequisites checked`;
}

/** A line for each with its remedy; the first of many. */
export function missingWords(missing: readonly Missing[]): string {
  const lines = missing
    .slice(0, mostShown)
    .map(({ name, says, remedy }) => `${name}: ${says} ${remedy}`);
  const left = missing.length - lines.length;
  return [...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n');
}

const mostShown = 20;
const mostNames = 10;

/** What a prerequisite asks for, in a few words. */
export function asksFor(prerequisite: Prerequisite): string {
  if ('run' in prerequisite) return `\`${oneLine(prerequisite.run, 120)}\` exits with 0`;
  if ('env' in prerequisite) {
    const { env, pattern } = prerequisite;
    return pattern === null ? `${env} is set` : `${env} looks like ${oneLine(pattern, 80)}`;
  }
  if ('program' in prerequisite) {
    const { program, version } = prerequisite;
    return `${program}${version === null ? '' : ` ${version}`} is on the search path`;
  }
  if ('service' in prerequisite) return `${oneLine(prerequisite.service, 120)} is reachable`;
  const { mcp, pass } = prerequisite;
  const server = `MCP server ${oneLine(mcp, 120)}`;
  if (pass.length === 0) return `${server} answers`;
  const more = pass.length > mostNames ? ` and ${pass.length - mostNames} more` : '';
  return `${server}, given ${pass.slice(0, mostNames).join(', ')}${more}, answers`;
}

/** What to do where it is missing: the plan's word, or what its kind suggests. */
function remedyOf(prerequisite: Prerequisite): string {
  // Of journals from before there were remedies, too.
  const own = prerequisite.remedy ?? '';
  if (own !== '') return oneLine(own, 300);
  if ('run' in prerequisite) return 'Run the command yourself, and mend what it says.';
  if ('env' in prerequisite) return `Set ${prerequisite.env} where Ashlar is started.`;
  if ('program' in prerequisite) {
    const { program, version } = prerequisite;
    return `Install ${program}${version === null ? '' : ` ${version}`}, and put it on the PATH.`;
  }
  if ('service' in prerequisite) return 'Start what listens there, or correct the address.';
  return 'Start the server yourself and see what it says, or correct the command.';
}

import * as z from 'zod';
import type { CheckResult, Evidence } from '../../../core/verdict.ts';
import type { AgentLink } from '../agent.ts';
import type { Checked } from '../checked.ts';
import { bounded } from './bounded.ts';
import { answer, defineTool, refuse } from './define-tool.ts';
import type { Tool } from './tool.ts';

const maxChars = 12_000;
const shownEvidence = 20;

export const runChecksTool = (link: Pick<AgentLink, 'check'>): Tool<'tells'> =>
  defineTool({
    name: 'run_checks',
    description:
      "Runs the module's checks on your folder as it is now, just as its gate will: only your own paths count, and the tests come from the contract. Says of each check what failed and why.",
    effect: 'tells',
    input: z.strictObject({}),
    run: async (_, signal) => {
      const checked = await link.check(signal);
      return checked.ok ? answer(bounded(inWords(checked), maxChars)) : refuse(checked.message);
    },
  });

function inWords({ results, notRun, problems, left }: Checked): string {
  const lines = results.flatMap(ofCheck);
  for (const { check, why } of notRun) lines.push(`${check}: not run here: ${why}.`);
  if (problems.length > 0) {
    lines.push('What your folder holds beside that counts against it:');
    lines.push(...problems.slice(0, shownEvidence).map(ofEvidence));
  }
  const failing = results.filter(({ outcome }) => outcome !== 'passed').length;
  const all =
    results.length === 0
      ? 'No check was run'
      : failing === 0
        ? 'All checks pass'
        : `${failing} of ${results.length} checks fail`;
  return [`${all}. You can run them ${left} more times.`, ...lines].join('\n');
}

function ofCheck({ check, outcome, passed, failed, evidence }: CheckResult): string[] {
  const more = evidence.length - shownEvidence;
  return [
    `${check}: ${outcomeOf({ outcome, passed, failed })}`,
    ...evidence.slice(0, shownEvidence).map(ofEvidence),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

/** Where tests are told apart, how many there were. */
export const outcomeOf = ({
  outcome,
  passed,
  failed,
}: Pick<CheckResult, 'outcome' | 'passed' | 'failed'>): string =>
  passed + failed === 0 ? outcome : `${outcome}, ${passed} passed, ${failed} failed`;

/** One line where it fits, else with its text below. */
export function ofEvidence({ check, test, file, line, says }: Evidence): string {
  const where = file === null ? '' : `${file}${line === null ? '' : `:${line}`}`;
  const head = [check, test, where].filter((part) => part !== null && part !== '').join(' | ');
  const text = says.includes('\n') ? `\n  ${says.replaceAll('\n', '\n  ')}` : ` ${says}`;
  return head === '' ? `-${text}` : `- ${head}:${text}`;
}

import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LineCounter } from 'yaml';
import { readDesign } from '../../architect/design-document.ts';
import { toData } from '../../plan/yaml-data.ts';
import { readYaml } from '../../plan/yaml-text.ts';
import type { Proposed } from '../outcome.ts';
import { scriptLimits } from './limits.ts';
import type { ScriptProblem } from './problem.ts';

type Proposal = Pick<Proposed, 'plan' | 'design'>;

/** Reads the `plan.yaml` and the `design.md` of an architect's turn. */
export async function loadProposal(
  folder: string,
  name: string,
): Promise<{ readonly proposal: Proposal } | { readonly problems: readonly ScriptProblem[] }> {
  const plan = await readPlan(join(folder, 'plan.yaml'), `${name}/plan.yaml`);
  const design = await readDesignFile(join(folder, 'design.md'), `${name}/design.md`);
  if ('problems' in plan || 'problems' in design) {
    return {
      problems: [plan, design].flatMap((read) => ('problems' in read ? read.problems : [])),
    };
  }
  return { proposal: { ...plan, ...design } };
}

type Read<T> = T | { readonly problems: readonly ScriptProblem[] };

async function readPlan(path: string, file: string): Promise<Read<Pick<Proposal, 'plan'>>> {
  const text = await readBounded(path);
  if ('message' in text) return { problems: [{ file, line: null, message: text.message }] };
  const yaml = readYaml(text.text);
  const data = toData(yaml.root);
  const problems = [...yaml.problems, ...data.problems];
  if (problems.length > 0) {
    const lines = linesOf(text.text);
    return {
      problems: problems.map(({ start, message }) => ({
        ...{ file, line: Math.max(1, lines.linePos(start).line), message },
      })),
    };
  }
  const { value } = data;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problems: [{ file, line: 1, message: 'the file does not hold a mapping' }] };
  }
  return { plan: value as Proposal['plan'] };
}

async function readDesignFile(path: string, file: string): Promise<Read<Pick<Proposal, 'design'>>> {
  const text = await readBounded(path);
  if ('message' in text) return { problems: [{ file, line: null, message: text.message }] };
  const read = readDesign(text.text);
  return 'design' in read ? read : { problems: [{ file, ...read }] };
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
  return lines;
}

/** A file of a turn as text; it is read whole, so it may not be large. */
export async function readBounded(
  path: string,
): Promise<{ readonly text: string } | { readonly message: string }> {
  const about = await lstat(path).catch(() => null);
  if (about === null) return { message: 'is missing' };
  if (!about.isFile()) return { message: 'is not a file' };
  if (about.size > scriptLimits.turnYamlBytes)
    return { message: `is larger than ${scriptLimits.turnYamlBytes} bytes` };
  return { text: await readFile(path, 'utf8') };
}

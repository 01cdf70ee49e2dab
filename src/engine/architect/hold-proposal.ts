import { poolKinds, type Plan } from '../../core/plan/plan.ts';
import { planCommands } from '../../core/projections/plan-commands.ts';
import { oneLine } from '../../core/projections/safe-text.ts';
import type { Proposed, ProposedFile } from '../agents/outcome.ts';
import { formatDiagnostic, type Diagnostic } from '../plan/diagnostic.ts';
import { checkFiles } from '../plan/holds.ts';
import { loadPlan } from '../plan/load.ts';
import { planText } from './plan-text.ts';
import { sortFiles } from './proposed-files.ts';
import { isRecord } from '../../core/is-record.ts';

/** A proposal as it would be written, and what the quality bar says of it. */
export interface HeldProposal {
  readonly proposed: Proposed;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly ProposedFile[];
  /** What is wrong with files that are not among them, each in a line. */
  readonly leftOut: readonly string[];
  /** What a run of it would carry out; empty where the plan cannot be read. */
  readonly commands: readonly string[];
  /** What keeps it from being run, each in a line; files that were left out among it. */
  readonly problems: readonly string[];
}

export interface HoldRules {
  /** As the diagnostics will call it. */
  readonly fileName: string;
  /** Comments at the head of the file. */
  readonly intro: readonly string[];
  /** The provider that will make the plan's agents. */
  readonly agent: string;
  /** The workspace's files. */
  readonly there: WorkspaceFiles;
}

/** The files that a plan can speak of before anything of it is written. */
export interface WorkspaceFiles {
  readonly paths: readonly string[];
  readonly read: (path: string) => Promise<string | null>;
  /** Root-relative folders that are submodules. */
  readonly submodules: readonly string[];
  /** Root-relative files that Git LFS keeps elsewhere. */
  readonly lfs: readonly string[];
}

const maxProblems = 40;

/**
 * Holds a proposal against the quality bar, its files as if they were there. Nothing of it is run:
 * whether its contracts decide anything is tried when a person has it checked.
 */
export async function holdProposal(
  proposed: Proposed,
  { fileName, intro, agent, there }: HoldRules,
): Promise<HeldProposal> {
  const text = planText(withAgents(proposed.plan, agent), intro);
  const unwritten = await notThere(proposed.files, there);
  const { kept, problems: leftOut } = sortFiles(unwritten, there.paths);
  const { plan, diagnostics: inText, locate } = loadPlan(text, fileName);
  const inFiles = plan === null ? [] : locate(await fileIssues(plan, there, kept));
  const diagnostics = [...inText, ...inFiles];
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const lines = [...errors.map(problemLine), ...leftOut].slice(0, maxProblems);
  const commands = plan === null ? [] : planCommands(plan);
  return { proposed, text, diagnostics, commands, files: kept, leftOut, problems: lines };
}

/** A file that is there already, word by word, need not be written. */
async function notThere(
  files: readonly ProposedFile[],
  { paths, read }: WorkspaceFiles,
): Promise<ProposedFile[]> {
  const known = new Set(paths);
  const left: ProposedFile[] = [];
  for (const file of files) {
    if (!known.has(file.path) || (await read(file.path)) !== file.text) left.push(file);
  }
  return left;
}

async function fileIssues(plan: Plan, there: WorkspaceFiles, files: readonly ProposedFile[]) {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  for (const { contract } of plan.modules) {
    if (contract.file === '' || texts.has(contract.file)) continue;
    const text = await there.read(contract.file);
    if (text !== null) texts.set(contract.file, text);
  }
  const paths = [...there.paths, ...files.map(({ path }) => path)];
  const { submodules, lfs } = there;
  const read = (path: string): string | null => texts.get(path) ?? null;
  return checkFiles(plan, { list: () => paths, read, submodules, lfs });
}

const problemLine = (diagnostic: Diagnostic): string => oneLine(formatDiagnostic(diagnostic), 600);

/** Who makes the agents is not for an agent to say. */
function withAgents(plan: Proposed['plan'], agent: string): Proposed['plan'] {
  const given = isRecord(plan.pools) ? plan.pools : {};
  const each = poolKinds.map((kind) => {
    const pool = given[kind];
    return [kind, { ...(isRecord(pool) ? pool : {}), agent }];
  });
  return { ...plan, pools: { ...given, ...(Object.fromEntries(each) as object) } };
}

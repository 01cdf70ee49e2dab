import type { AgentLink } from '../agent.ts';
import type { ReceivedHandoff } from '../handoff.ts';
import type { BuilderTask, ContractAuthorTask } from '../task.ts';
import type { AgentFiles } from './agent-files.ts';
import { editFileTool } from './edit-file.ts';
import { handInPartsTool } from './hand-in-parts.ts';
import { publishHandoffTool, requestHandoffTool } from './handoff-tools.ts';
import { listFilesTool } from './list-files.ts';
import { readFileTool } from './read-file.ts';
import { removeFileTool } from './remove-file.ts';
import { runChecksTool } from './run-checks.ts';
import { searchTool } from './search.ts';
import { disputeVerdictTool, handInContractTool, submitTool } from './submit.ts';
import type { ReadingTool, Tool } from './tool.ts';
import { writeFileTool } from './write-file.ts';
import type { OwnedPaths } from './write-owned.ts';

// The tools of a role are the same for every task of it, in the same order: what a model is told of
// them stands before everything else, and is read from a cache.

/** All that evaluators, integrators, arbiters and scouts have. */
export const readingTools = (files: AgentFiles): readonly ReadingTool[] => [
  listFilesTool(files),
  readFileTool(files),
  searchTool(files),
];

const writingTools = (owned: OwnedPaths, files: AgentFiles): readonly Tool[] => [
  ...readingTools(files),
  writeFileTool(owned),
  editFileTool(owned, files),
  removeFileTool(owned),
];

/** `receive` says in words what was handed over. */
export const builderTools = (
  role: BuilderTask['role'],
  owned: OwnedPaths,
  files: AgentFiles,
  link: AgentLink,
  receive: (came: ReceivedHandoff) => string,
): readonly Tool[] => [
  ...writingTools(owned, files),
  runChecksTool(link),
  publishHandoffTool(link),
  requestHandoffTool(link, receive),
  ...(role === 'reviser' ? [disputeVerdictTool()] : []),
  submitTool(),
];

/** Where a contract author may write. */
export const contractPaths = ({ paths }: ContractAuthorTask): readonly string[] => [
  paths.file,
  ...paths.tests,
  ...paths.stub,
];

export const contractAuthorTools = (owned: OwnedPaths, files: AgentFiles): readonly Tool[] => [
  ...writingTools(owned, files),
  handInContractTool(),
];

/** Where the contracts of parts lie; which of them count is told when they are handed in. */
export const partPaths = ['contracts/*.md', 'tests/**', 'stubs/**'];

export const splitterTools = (owned: OwnedPaths, files: AgentFiles): readonly Tool[] => [
  ...writingTools(owned, files),
  handInPartsTool(),
];

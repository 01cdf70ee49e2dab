import { failureLine } from '../failure-line.ts';
import { approveTool, rejectTool } from './decide-tools.ts';
import { reportTool, statusTool, verdictsTool, whyTool } from './look-tools.ts';
import { checkPlanTool, planTool } from './plan-tools.ts';
import { pullRequestTool } from './pull-request-tool.ts';
import { resumeTool, runTool } from './run-tools.ts';
import { readInput } from './tool-input.ts';
import { refused, type Tool, type ToolAnswer } from './tool.ts';
import type { Progress, ToolWorld } from './tool-world.ts';

/** Every tool, in the order in which people and models are shown them. */
export const tools: readonly Tool[] = [
  ...[statusTool, verdictsTool, whyTool, reportTool],
  ...[checkPlanTool, planTool, runTool, resumeTool, pullRequestTool],
  ...[approveTool, rejectTool],
];

/** Holds the input against the tool's fields and calls it; never throws. */
export async function callTool(
  tool: Tool,
  raw: unknown,
  world: ToolWorld,
  progress: Progress,
): Promise<ToolAnswer> {
  const read = readInput(tool.fields, raw);
  if (!read.ok) return refused(`${tool.name}: ${read.message}`);
  try {
    return await tool.call(world, read.input, progress);
  } catch (error) {
    return refused(progress.signal.aborted ? 'it was cancelled' : failureLine(error));
  }
}

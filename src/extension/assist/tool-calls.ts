import {
  l10n,
  LanguageModelTextPart,
  LanguageModelToolResult,
  MarkdownString,
  window,
  workspace,
  type CancellationToken,
  type PreparedToolInvocation,
} from 'vscode';
import { isDigest, isName } from '../../core/ids.ts';
import type { Tool, ToolAnswer, ToolName } from '../../engine/tools/tool.ts';
import type { ActionParts } from '../actions/action-parts.ts';
import { openGates } from '../actions/open-gates.ts';
import { shortRun } from '../actions/short-run.ts';
import { engine } from '../engine-door.ts';
import { plainMessage } from '../native/shown-text.ts';
import { folderFor, windowWorld } from './window-world.ts';

type Given = Readonly<Record<string, unknown>>;

/** What the editor shows before a tool is used; whatever is more than looking is confirmed first. */
export async function prepareTool(name: ToolName, input: unknown): Promise<PreparedToolInvocation> {
  const tool = await toolNamed(name);
  const { title, kind } = tool;
  if (kind === 'look') return { invocationMessage: title };
  const given = Object.entries((input ?? {}) as Given)
    .slice(0, 10)
    .map(([field, value]) => `${plainMessage(field, 40)}: ${plainMessage(String(value), 300)}`);
  const message = new MarkdownString();
  message.appendText(given.join('\n'));
  return { invocationMessage: title, confirmationMessages: { title: `${title}?`, message } };
}

export async function invokeTool(
  parts: ActionParts,
  name: ToolName,
  input: unknown,
  token: CancellationToken,
): Promise<LanguageModelToolResult> {
  const tool = await toolNamed(name);
  const { text } = await useTool(parts, tool, input, { token, says: () => undefined });
  return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
}

/** The one way to a tool from this window, for models and for the chat. */
export async function useTool(
  parts: ActionParts,
  tool: Tool,
  input: unknown,
  { token, says }: { readonly token: CancellationToken; readonly says: (text: string) => void },
): Promise<ToolAnswer> {
  const no = (text: string): ToolAnswer => ({ ok: false, text });
  if (tool.kind !== 'look' && !workspace.isTrusted) {
    return no('this workspace is not trusted, so nothing runs in it; its runs can be read');
  }
  const folder = await folderFor(parts, (input as Given | null | undefined)?.run);
  if (typeof folder === 'string') return no(folder);
  if (tool.kind === 'decide' && !(await isDecided(parts, tool, (input ?? {}) as Given))) {
    return no('the person did not confirm it; leave the decision to them');
  }
  const { toolBench } = await engine();
  const { callTool } = await toolBench();
  const cancelling = new AbortController();
  const listening = token.onCancellationRequested(() => cancelling.abort());
  try {
    const world = await windowWorld(parts, folder);
    return await callTool(tool, input, world, { says, signal: cancelling.signal });
  } finally {
    listening.dispose();
  }
}

/**
 * A person decides, whatever the editor is set to confirm by itself: they see the gate, exactly what is
 * decided on, and where it lands, and say so here.
 */
async function isDecided(
  { runs }: ActionParts,
  { name }: Tool,
  { run, gate, subject, note }: Given,
): Promise<boolean> {
  if (typeof gate !== 'string' || !isName(gate)) return true; // refused by its fields
  if (typeof subject !== 'string' || !isDigest(subject)) return true;
  const named = runs.list.find(({ key }) => key.run === run);
  const live = named === undefined ? null : await runs.follow(named.key);
  const state = live?.replayed?.state;
  if (live === null || state === undefined) return false;
  const open = openGates(state).find((each) => each.gate === gate);
  const isAsked = open?.submission === subject;
  const detail = [
    open === undefined || !isAsked
      ? l10n.t('The gate does not ask about {0} now.', subject)
      : live.engine.approvalDetail(state, open),
    ...(typeof note === 'string' ? [l10n.t('Note: {0}', plainMessage(note, 500))] : []),
  ].join('\n\n');
  const id = shortRun(live.key.run);
  const [verb, says] =
    name === 'approve'
      ? [l10n.t('Approve'), l10n.t('A model asks to approve gate {0} of run {1}.', gate, id)]
      : [l10n.t('Reject'), l10n.t('A model asks to reject gate {0} of run {1}.', gate, id)];
  return (await window.showWarningMessage(says, { modal: true, detail }, verb)) === verb;
}

export async function toolNamed(name: ToolName): Promise<Tool> {
  const { toolBench } = await engine();
  const { tools } = await toolBench();
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined) throw new Error(`there is no tool ${name}`);
  return tool;
}

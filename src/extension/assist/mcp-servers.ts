import { McpStdioServerDefinition, workspace } from 'vscode';
import type { ActionParts } from '../actions/action-parts.ts';

/**
 * `ashlar mcp` for each folder, with the command line that is packaged with the extension. It offers no
 * approvals: here a person decides in the editor.
 */
export function mcpServers({ context }: Pick<ActionParts, 'context'>): McpStdioServerDefinition[] {
  if (!workspace.isTrusted) return [];
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const program = context.asAbsolutePath('dist/cli/ashlar.mjs');
  const { version } = context.extension.packageJSON as { readonly version: string };
  return folders.map(({ uri, name }) => {
    const label = folders.length === 1 ? 'Ashlar' : `Ashlar (${name})`;
    const args = [program, '--cwd', uri.fsPath, 'mcp'];
    // The editor's own Node: whether there is another on this machine is not known.
    const env = { ELECTRON_RUN_AS_NODE: '1' };
    return new McpStdioServerDefinition(label, process.execPath, args, env, version);
  });
}

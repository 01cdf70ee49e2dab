import { commands as vscodeCommands, type ExtensionContext } from 'vscode';
import { commands } from './contributions.ts';
import { engine } from './engine-door.ts';

export function activate(context: ExtensionContext): void {
  context.subscriptions.push(vscodeCommands.registerCommand(commands.checkPlan, () => engine()));
}

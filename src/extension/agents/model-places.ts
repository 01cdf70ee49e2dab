import { workspace } from 'vscode';
import type { ClaudeCodePlaces } from '../../engine/agents/claude-code/load-sdk.ts';
import { settings } from '../contributions.ts';

/** Where models are asked, and where Claude Code lies on this machine. */
export interface ModelPlaces {
  /** null: the provider's own. */
  readonly baseURL: string | null;
  readonly claudeCode: ClaudeCodePlaces;
}

/**
 * As the person's own settings say. Whatever a workspace says is left aside, trusted or not: a key is
 * sent to the one, and the others are executed.
 */
export function modelPlaces(): ModelPlaces {
  const section = workspace.getConfiguration(settings.section);
  const said = (name: string): string | null => {
    const value = section.inspect<unknown>(name)?.globalValue;
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' || !workspace.isTrusted ? null : text;
  };
  return {
    baseURL: said(settings.baseUrl),
    claudeCode: {
      sdk: said(settings.claudeSdk),
      executable: said(settings.claudeExecutable),
      saidBy: `the setting ${settings.section}.${settings.claudeSdk}`,
      executableSaidBy: `the setting ${settings.section}.${settings.claudeExecutable}`,
    },
  };
}

import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as AgentSdk from '@anthropic-ai/claude-agent-sdk';
import { oneLine } from '../../../core/projections/safe-text.ts';

/** What is used of the Agent SDK. It is not part of this project: its licence keeps it out of any bundle. */
export type Sdk = Pick<typeof AgentSdk, 'query' | 'createSdkMcpServer' | 'tool'>;

/** Where Claude Code is looked for. */
export interface ClaudeCodePlaces {
  /** The folder of the SDK's package, or one above its `node_modules`; null: not said. */
  readonly sdk: string | null;
  /** The program that the SDK starts; null: the one that comes with it. */
  readonly executable: string | null;
  /** By what a person says where the SDK is; left out: by the environment. */
  readonly saidBy?: string;
  /** The same for the program. */
  readonly executableSaidBy?: string;
}

export type LoadedSdk =
  | { readonly ok: true; readonly sdk: Sdk }
  | { readonly ok: false; readonly code: string; readonly message: string };

const name = '@anthropic-ai/claude-agent-sdk';

/**
 * Loads the user's own SDK: from where it was said to be, else from beside this program. Never from the
 * workspace: what lies there may be a stranger's, and the SDK is given the key.
 */
export async function loadSdk(places: ClaudeCodePlaces): Promise<LoadedSdk> {
  const found = resolved(places.sdk === null ? import.meta.url : join(places.sdk, 'package.json'));
  if (found === null) {
    const where = places.sdk === null ? 'beside this program' : `in ${places.sdk}`;
    return failed(
      'no-claude-code',
      `claude-code agents need the package ${name}, and there is none ${where}: run \`npm install ${name}\` in a folder of your own, and name that folder with ${places.saidBy ?? 'ASHLAR_CLAUDE_SDK'}`,
    );
  }
  try {
    const sdk = (await import(pathToFileURL(found).href)) as Partial<Sdk>;
    const { query, createSdkMcpServer, tool } = sdk;
    if (query !== undefined && createSdkMcpServer !== undefined && tool !== undefined) {
      return { ok: true, sdk: { query, createSdkMcpServer, tool } };
    }
    return failed('bad-claude-code', `${found} is not the package ${name}: install it anew`);
  } catch (error) {
    const why = oneLine(error instanceof Error ? error.message : String(error));
    return failed('bad-claude-code', `${found} cannot be loaded (${why}): install ${name} anew`);
  }
}

/** As a module in that place would find it; also where that place is the package itself. */
function resolved(from: string): string | null {
  try {
    const require = createRequire(isAbsolute(from) ? pathToFileURL(from) : from);
    return require.resolve(name);
  } catch {
    return null;
  }
}

const failed = (code: string, message: string): LoadedSdk => ({ ok: false, code, message });

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
}

export type LoadedSdk =
  | { readonly ok: true; readonly sdk: Sdk }
  | { readonly ok: false; readonly code: string; readonly message: string };

const name = '@anthropic-ai/claude-agent-sdk';

/** Loads the user's own SDK: where it was said to be, else of the workspace, else beside this program. */
export async function loadSdk(workspace: string, places: ClaudeCodePlaces): Promise<LoadedSdk> {
  const beside = import.meta.url;
  const folders = places.sdk === null ? [workspace] : [places.sdk];
  const tried = [...folders.map((folder) => join(folder, 'package.json'))];
  const path = tried.map(resolved).find((each) => each !== null) ?? null;
  const found = path ?? (places.sdk === null ? resolved(beside) : null);
  if (found === null) {
    const where = places.sdk ?? workspace;
    return failed(
      'no-claude-code',
      `claude-code agents need the package ${name}, and there is none in ${where}: run \`npm install ${name}\` there, or say with ASHLAR_CLAUDE_SDK in which folder it is`,
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

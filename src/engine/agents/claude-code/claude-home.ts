import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { childEnvironment } from '../../gates/child-environment.ts';
import { removeFolder } from '../../store/remove-folder.ts';

/** Who pays for the agents, and where they are asked. */
export interface ClaudeService {
  readonly apiKey: string;
  /** null: the service's own. */
  readonly baseURL: string | null;
}

export interface HomeOptions {
  readonly service: ClaudeService;
  readonly effect: string;
  /** Of one reply. */
  readonly maxOutputTokens: number;
  /** No tool of ours takes longer. */
  readonly maxToolMs: number;
}

/** A way to the service that the machine needs. */
const network = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'];
const certificates = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

/** Repeated by the program itself; what stays down after that holds the pool, which is tried again. */
const retries = '8';

/**
 * A home for one agent's process, gone with it: no settings, hooks, memories or logins of the user's
 * are in it, and nothing that the process keeps outlives it. It lies beside the agent's work folder,
 * among those of its run: what a killed engine leaves goes with them when the run is resumed, that of a planning in a week.
 */
export class ClaudeHome {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** For the agent who works in that folder. */
  static async open(folder: string): Promise<ClaudeHome> {
    const path = await mkdtemp(`${folder}.home-`);
    await Promise.all(['home', 'config', 'tmp'].map((name) => mkdir(join(path, name))));
    return new ClaudeHome(path);
  }

  /** The whole environment of the process. */
  environment({ service, effect, maxOutputTokens, maxToolMs }: HomeOptions) {
    const home = join(this.path, 'home');
    const temporary = join(this.path, 'tmp');
    const passed = [...network, ...certificates];
    return {
      ...childEnvironment(process.env, passed, { home, temporary }, effect),
      CLAUDE_CONFIG_DIR: join(this.path, 'config'),
      CLAUDE_CODE_TMPDIR: temporary,
      ANTHROPIC_API_KEY: service.apiKey,
      ...(service.baseURL === null ? {} : { ANTHROPIC_BASE_URL: service.baseURL }),
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_MAX_RETRIES: retries,
      CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(maxOutputTokens),
      MCP_TOOL_TIMEOUT: String(maxToolMs),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeFolder(this.path).catch(() => undefined);
  }
}

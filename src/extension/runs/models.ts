import type { Disposable, LogOutputChannel, SecretStorage } from 'vscode';
import type { EditorModels, ModelOptions } from '../../engine/agents/model-service.ts';

/** Where the editor keeps the key among its secrets; it lies nowhere else. */
export const anthropicKeyName = 'ashlar.anthropicKey';

const setKeyHint = 'give it with “Ashlar: Set Key for Anthropic…”';
const unreadableHint =
  'the editor could not read what it keeps in secret; its own log says why. Give the key anew with “Ashlar: Set Key for Anthropic…”';

type Secrets = Pick<SecretStorage, 'get' | 'onDidChange'>;

/** How agents that are models are reached from this window: with the key that the editor keeps. */
export class WindowModels implements Disposable {
  readonly #secrets: Secrets;
  readonly #log: Pick<LogOutputChannel, 'warn'>;
  readonly #subscription: Disposable;
  readonly #options: ModelOptions;
  #key: string | null = null;
  #isReadable = true;

  constructor(secrets: Secrets, log: Pick<LogOutputChannel, 'warn'>, editor: EditorModels) {
    this.#secrets = secrets;
    this.#log = log;
    // A run that is under way finds a key that was set meanwhile, where it needs one.
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key === anthropicKeyName) void this.#read();
    });
    const apiKey = (): string | null => this.#key;
    const keyHint = (): string => (this.#isReadable ? setKeyHint : unreadableHint);
    this.#options = {
      ...{ choice: {}, editor },
      service: {
        get apiKey() {
          return apiKey();
        },
        get keyHint() {
          return keyHint();
        },
        baseURL: null,
      },
    };
  }

  /** What a run or a planning is started with. */
  async options(): Promise<ModelOptions> {
    await this.#read();
    return this.#options;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Whoever needs no key is not kept from working where none can be read. */
  async #read(): Promise<void> {
    try {
      this.#key = (await this.#secrets.get(anthropicKeyName)) ?? null;
      this.#isReadable = true;
    } catch {
      // What the editor says of it may hold what it keeps: nothing of that is written down.
      this.#key = null;
      this.#isReadable = false;
      this.#log.warn('The editor could not read the key that it keeps for Ashlar.');
    }
  }
}

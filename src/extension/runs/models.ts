import type { Disposable, LogOutputChannel, SecretStorage } from 'vscode';
import type { EditorModels, ModelOptions } from '../../engine/agents/model-service.ts';
import type { ModelPlaces } from '../agents/model-places.ts';

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
  /** Readings are counted from 1: of two that overlap, the later one says what is kept. */
  #begun = 0;
  #counts = 0;

  constructor(
    secrets: Secrets,
    log: Pick<LogOutputChannel, 'warn'>,
    editor: EditorModels,
    places: () => ModelPlaces,
  ) {
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
      get claudeCode() {
        return places().claudeCode;
      },
      service: {
        get apiKey() {
          return apiKey();
        },
        get keyHint() {
          return keyHint();
        },
        get baseURL() {
          return places().baseURL;
        },
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
    this.#begun += 1;
    const reading = this.#begun;
    // What the editor says of a failure may hold what it keeps: nothing of that is written down.
    const read = await Promise.resolve(this.#secrets.get(anthropicKeyName)).then(
      (key) => ({ key: key ?? null, isReadable: true }),
      () => ({ key: null, isReadable: false }),
    );
    if (reading < this.#counts) return;
    this.#counts = reading;
    this.#key = read.key;
    this.#isReadable = read.isReadable;
    if (read.isReadable) return;
    this.#log.warn('The editor could not read the key that it keeps for Ashlar.');
  }
}

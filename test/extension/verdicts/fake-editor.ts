import type { Uri } from 'vscode';

/** As much of the editor as verdicts are shown in; what was put there can be looked at. */
export class FakeUri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  constructor(scheme: string, path: string, query = '') {
    Object.assign(this, { scheme, path, query });
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  static parse(text: string): FakeUri {
    const [, scheme = '', path = '', query = ''] = /^([^:]+):([^?]*)\??(.*)$/.exec(text) ?? [];
    return new FakeUri(scheme, path, query);
  }

  static from({ scheme, path, query = '' }: { scheme: string; path: string; query?: string }) {
    return new FakeUri(scheme, path, query);
  }

  static file(path: string): Uri {
    return new FakeUri('file', path) as unknown as Uri;
  }

  static joinPath(base: FakeUri, path: string): FakeUri {
    return new FakeUri(base.scheme, `${base.path}/${path}`);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}:${this.path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

class Range {
  readonly start: Position;

  constructor(line: number, character: number) {
    this.start = new Position(line, character);
  }
}

export interface FakeThread {
  readonly uri: FakeUri;
  readonly range: Range;
  comments: readonly {
    author: { name: string };
    body: string;
    label: string;
    contextValue?: string;
  }[];
  label: string;
  state: number;
  collapsibleState: number;
  disposed: boolean;
}

export interface FakeItem {
  readonly id: string;
  readonly label: string;
  readonly uri: FakeUri | undefined;
  range?: Range;
  readonly children: FakeItems;
  description: string;
  canResolveChildren: boolean;
  tags: readonly unknown[];
}

class FakeItems {
  #all: readonly FakeItem[] = [];
  readonly #of: () => FakeItem | undefined;

  constructor(of: () => FakeItem | undefined = () => undefined) {
    this.#of = of;
  }

  replace(items: readonly FakeItem[]): void {
    this.#all = items.map((item) => Object.assign(item, { parent: this.#of() }));
  }

  add(item: FakeItem): void {
    this.replace([...this.#all.filter(({ id }) => id !== item.id), item]);
  }

  get size(): number {
    return this.#all.length;
  }

  get(id: string): FakeItem | undefined {
    return this.#all.find((item) => item.id === id);
  }

  *[Symbol.iterator](): Generator<[string, FakeItem]> {
    for (const item of this.#all) yield [item.id, item];
  }
}

/** What a run of tests was told, a line each. */
export interface FakeRun {
  readonly name: string;
  readonly persist: boolean;
  readonly lines: string[];
  readonly output: string[];
  readonly messages: { message: string; location?: { uri: FakeUri; range: Range } }[];
  ended: boolean;
}

type Handler = (request: object, token: object) => Promise<void>;

/** What is only handed on. */
function Nothing(): void {
  // nobody looks into it
}

/** A window of the editor, as its parts come to be. */
export class FakeEditor {
  trusted = true;
  readonly threads: FakeThread[] = [];
  readonly problems = new Map<string, readonly FakeProblem[]>();
  readonly runs: FakeRun[] = [];
  readonly roots = new FakeItems();
  readonly profiles: { label: string; run: Handler; disposed: boolean }[] = [];
  resolve: ((item: FakeItem | undefined) => void) | undefined;
  /** What a person answers in dialogs, and what they were asked. */
  readonly answers: (string | undefined)[] = [];
  readonly asked: string[] = [];
  decorations = 0;
  /** Documents that were opened, and at which line. */
  readonly opened: [FakeUri, number | null][] = [];

  get openThreads(): readonly FakeThread[] {
    return this.threads.filter(({ disposed }) => !disposed);
  }

  /** For `vi.mock('vscode')`. */
  readonly api = (): object => ({
    Uri: FakeUri,
    Position,
    Range,
    Location: class {
      readonly uri: FakeUri;
      readonly range: Range;

      constructor(uri: FakeUri, range: Range) {
        this.uri = uri;
        this.range = range;
      }
    },
    TestTag: Nothing,
    TestMessage: class {
      readonly message: string;

      constructor(message: string) {
        this.message = message;
      }
    },
    TestRunRequest: class {
      readonly include: readonly FakeItem[];

      constructor(include: readonly FakeItem[]) {
        this.include = include;
      }
    },
    TestRunProfileKind: { Run: 1 },
    CommentMode: { Preview: 1 },
    CommentThreadCollapsibleState: { Collapsed: 0, Expanded: 1 },
    CommentThreadState: { Unresolved: 0, Resolved: 1 },
    DiagnosticSeverity: { Error: 0, Warning: 1 },
    Diagnostic: class {
      readonly range: Range;
      readonly message: string;
      readonly severity: number;

      constructor(range: Range, message: string, severity: number) {
        this.range = range;
        this.message = message;
        this.severity = severity;
      }
    },
    EventEmitter: class {
      fire = (): void => void (this.#editor.decorations += 1);
      event = (): object => ({ dispose: () => undefined });
      dispose = (): void => undefined;
      readonly #editor: FakeEditor = current();
    },
    FileDecoration: class {
      readonly badge: string;
      readonly tooltip: string;

      constructor(badge: string, tooltip: string) {
        this.badge = badge;
        this.tooltip = tooltip;
      }
    },
    ThemeColor: Nothing,
    ViewColumn: { Active: -1 },
    TabInputTextDiff: Nothing,
    commands: { executeCommand: async () => undefined },
    l10n: {
      t: (message: string, ...args: readonly unknown[]) =>
        message.replace(/\{(\d+)\}/g, (_, at) => String(args[Number(at)])),
    },
    workspace: Object.defineProperty({}, 'isTrusted', { get: () => this.trusted }),
    window: {
      registerFileDecorationProvider: () => ({ dispose: () => undefined }),
      showWarningMessage: async (text: string, ...rest: readonly unknown[]) => {
        const [options] = rest;
        const detail = (options as { detail?: string } | undefined)?.detail ?? '';
        this.asked.push(`${text} ${detail}`.trim());
        return this.answers.shift();
      },
      showQuickPick: async (items: readonly { label: string }[]) => {
        const answer = this.answers.shift();
        this.asked.push(items.map(({ label }) => label).join(', '));
        return items.find(({ label }) => label === answer);
      },
      showInputBox: async ({ value }: { value?: string }) => {
        this.asked.push(`[${value ?? ''}]`);
        return this.answers.shift();
      },
      showTextDocument: async (uri: FakeUri, { selection }: { selection?: Range }) =>
        void this.opened.push([uri, selection?.start.line ?? null]),
      tabGroups: {
        activeTabGroup: { activeTab: undefined },
        onDidChangeTabs: () => ({ dispose: () => undefined }),
        onDidChangeTabGroups: () => ({ dispose: () => undefined }),
      },
      showInformationMessage: async (text: string) => void this.asked.push(text),
    },
    languages: { createDiagnosticCollection: () => this.#collection() },
    comments: { createCommentController: () => this.#comments() },
    tests: { createTestController: () => this.#controller() },
  });

  constructor() {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the classes of its API belong to it
    made = this;
  }

  #collection(): object {
    return {
      set: (entries: readonly [FakeUri, readonly FakeProblem[] | undefined][]) => {
        for (const [uri, problems] of entries) {
          if (problems === undefined) this.problems.delete(String(uri));
          else this.problems.set(String(uri), problems);
        }
      },
      clear: () => this.problems.clear(),
      dispose: () => this.problems.clear(),
    };
  }

  #comments(): object {
    return {
      createCommentThread: (uri: FakeUri, range: Range, comments: FakeThread['comments']) => {
        const thread: FakeThread & { dispose(): void } = {
          ...{ uri, range, comments, label: '', state: 0, collapsibleState: 0, disposed: false },
          dispose: () => (thread.disposed = true),
        };
        this.threads.push(thread);
        return thread;
      },
      dispose: () => undefined,
    };
  }

  #controller(): object {
    const setHandler = (handler: FakeEditor['resolve']): void => void (this.resolve = handler);
    return {
      items: this.roots,
      set resolveHandler(handler: FakeEditor['resolve']) {
        setHandler(handler);
      },
      createTestItem: (id: string, label: string, uri?: FakeUri): FakeItem => {
        const item: FakeItem = {
          ...{ id, label, uri, children: new FakeItems(() => item), description: '' },
          ...{ canResolveChildren: false, tags: [] },
        };
        return item;
      },
      createRunProfile: (label: string, _kind: number, run: Handler) => {
        const profile = { label, run, disposed: false, dispose: () => (profile.disposed = true) };
        this.profiles.push(profile);
        return profile;
      },
      createTestRun: (_request: object, name: string, persist = true) => this.#run(name, persist),
      dispose: () => this.roots.replace([]),
    };
  }

  #run(name: string, persist: boolean): object {
    const run: FakeRun = { name, persist, lines: [], output: [], messages: [], ended: false };
    this.runs.push(run);
    const put = (word: string) => (item: FakeItem, messages?: unknown) => {
      run.lines.push(`${word} ${item.id}`);
      if (messages === undefined || typeof messages === 'number') return;
      run.messages.push(...([messages].flat() as FakeRun['messages']));
    };
    const words = ['enqueued', 'started', 'passed', 'failed', 'errored', 'skipped'] as const;
    return {
      ...Object.fromEntries(words.map((word) => [word, put(word)])),
      appendOutput: (text: string) => void run.output.push(text),
      end: () => (run.ended = true),
    };
  }
}

export interface FakeProblem {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
  readonly source: string;
  readonly code: string;
}

let made: FakeEditor | null = null;

function current(): FakeEditor {
  if (made === null) throw new Error('there is no editor');
  return made;
}

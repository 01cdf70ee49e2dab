import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inputSchema } from '../../src/engine/tools/tool-input.ts';
import { tools } from '../../src/engine/tools/tools.ts';
import {
  boardViewType,
  chatParticipant,
  commands,
  contextKeys,
  editorKeys as ownEditorKeys,
  languageModelTools,
  mcpProvider,
  previewViewType,
  settings,
  views,
  walkthrough,
} from '../../src/extension/contributions.ts';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media:
    | { readonly svg: string }
    | { readonly image: Readonly<Record<'light' | 'dark' | 'hc' | 'hcLight', string>> };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly Record<'command' | 'title' | 'category' | 'icon', string>[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { id: string; type: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, { scope?: string }>> };
    readonly chatParticipants: readonly {
      readonly id: string;
      readonly commands: readonly { readonly name: string; readonly description: string }[];
    }[];
    readonly languageModelTools: readonly Readonly<Record<string, unknown>>[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string }[];
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

const read = (file: string): string =>
  readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const text = read('package.json');
const manifest = JSON.parse(text) as Manifest;
const strings = JSON.parse(read('package.nls.json')) as Record<string, string>;
const { contributes } = manifest;

const sorted = (list: Iterable<string>): string[] => [...list].sort();
/** The manifest's own value, or what it stands for where it is a key. */
const told = (value: string): string => strings[/^%(.*)%$/.exec(value)?.[1] ?? ''] ?? value;

function whenClauses(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'when' || key === 'enablement') && typeof inner === 'string'
      ? [inner]
      : whenClauses(inner),
  );
}

/** Keys of the editor itself that our clauses lean on. */
const editorKeys = [
  ...['activeWebviewPanelId', 'inputFocus', 'terminalFocus'],
  ...['isInDiffEditor', 'isWorkspaceTrusted', 'resourceFilename', 'resourcePath'],
  ...['comment', 'resourceScheme', 'resourceExtname', 'explorerResourceIsFolder'],
  ...['commentController', 'view', 'workspaceFolderCount'],
];

describe('the manifest contributes exactly what the code names', () => {
  it('commands, each once', () => {
    const ids = contributes.commands.map(({ command }) => command);
    expect(sorted(ids)).toEqual(sorted(Object.values(commands)));
  });

  it('the view in its container', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([views.container]);
    expect(contributes.views[views.container]).toMatchObject([
      { id: views.runBoard, type: 'webview' },
    ]);
  });

  it('the chat and the provider of MCP servers', () => {
    expect(contributes.chatParticipants.map(({ id }) => id)).toEqual([chatParticipant]);
    expect(contributes.mcpServerDefinitionProviders.map(({ id }) => id)).toEqual([mcpProvider]);
    const [{ commands: slashes } = { commands: [] }] = contributes.chatParticipants;
    for (const { description } of slashes) expect(told(description)).toMatch(/^[A-Z].*\.$/);
  });

  it('the tools, as the engine has them', () => {
    expect(languageModelTools).toEqual(tools.map(({ name }) => name));
    expect(contributes.languageModelTools).toMatchObject(
      tools.map(({ name, says, fields }) => ({
        name: `ashlar_${name}`,
        modelDescription: says,
        inputSchema: inputSchema(fields),
      })),
    );
    const titles = contributes.languageModelTools.map(({ displayName }) =>
      told(String(displayName)),
    );
    expect(titles).toEqual(tools.map(({ title }) => title));
  });

  it('settings', () => {
    const { section, ...names } = settings;
    const keys = Object.values(names).map((name) => `${section}.${name}`);
    expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(sorted(keys));
  });

  it('the walkthrough', () => {
    const ids = contributes.walkthroughs.map(
      ({ id }) => `${manifest.publisher}.${manifest.name}#${id}`,
    );
    expect(ids).toEqual([walkthrough]);
  });

  it('the activation that brings the tabs of boards and previews back', () => {
    expect(manifest.activationEvents).toContain(`onWebviewPanel:${boardViewType}`);
    expect(manifest.activationEvents).toContain(`onWebviewPanel:${previewViewType}`);
    expect(manifest.activationEvents).not.toContain('*');
    expect(manifest.activationEvents).not.toContain('onStartupFinished');
  });
});

it.each(contributes.commands)('$command has its category, a title and an icon', (command) => {
  expect(command.category).toBe('Ashlar');
  expect(told(command.title)).toMatch(/^[A-Z][A-Za-z ]+…?$/);
  expect(command.icon).toMatch(/^\$\([a-z-]+\)$/);
});

describe('when clauses', () => {
  const clauses = whenClauses(contributes);
  const used = clauses.flatMap((clause) => {
    const bare = clause.replaceAll(/=~ \/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\])*\//g, '');
    return bare.replaceAll(/[=<>]=? \S+/g, '').match(/[A-Za-z][\w.]*/g) ?? [];
  });

  it('name only keys that somebody sets', () => {
    const known = new Set<string>([
      ...Object.values(contextKeys),
      ...Object.values(ownEditorKeys),
      ...editorKeys,
    ]);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });

  it('use every key that we set, or the walkthrough waits for it', () => {
    const awaited = contributes.walkthroughs
      .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
      .map((event) => event.replace('onContext:', ''));
    expect(
      [...Object.values(contextKeys), ...Object.values(ownEditorKeys)].filter(
        (key) => !used.includes(key) && !awaited.includes(key),
      ),
    ).toEqual([]);
  });

  it('stand on commands that there are', () => {
    const known = new Set<string>(Object.values(commands));
    const inMenus = Object.values(contributes.menus).flat();
    expect(inMenus.filter(({ command }) => !known.has(command))).toEqual([]);
  });
});

it('what makes a workspace run things is restricted until it is trusted', () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  const { section, base, sandbox, resumeInterruptedRuns, scriptedAgentSpeed } = settings;
  const { baseUrl, claudeSdk, claudeExecutable } = settings;
  const machine = [baseUrl, claudeSdk, claudeExecutable];
  const runs = [base, sandbox, resumeInterruptedRuns, scriptedAgentSpeed, ...machine];
  expect(sorted(restrictedConfigurations)).toEqual(
    sorted(runs.map((name) => `${section}.${name}`)),
  );
  for (const property of Object.values(contributes.configuration.properties)) {
    expect(property.scope).toBeDefined();
  }
  // What is executed, and where the key goes, no workspace says, trusted or not.
  for (const name of machine) {
    expect(contributes.configuration.properties[`${section}.${name}`]).toMatchObject({
      ...{ scope: 'machine', default: '' },
    });
  }
});

it('every string of the manifest is there, and none is left over', () => {
  const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
  expect(sorted(new Set(used))).toEqual(sorted(Object.keys(strings)));
});

it('the walkthrough shows pictures that exist, links to commands that exist, and ends in the example', () => {
  const { steps } = contributes.walkthroughs[0]!;
  const known = new Set<string>(Object.values(commands));
  for (const step of steps) {
    // Drawn in the editor's colours, or taken in a light and in a dark one.
    if ('svg' in step.media) expect(read(step.media.svg)).toContain('var(--vscode-');
    else {
      const { light, dark, hc, hcLight } = step.media.image;
      expect([hc, hcLight]).toEqual([dark, light]);
      expect([existsSync(light), existsSync(dark), light === dark]).toEqual([true, true, false]);
    }
    const links = [...told(step.description).matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id);
    expect(links.filter((id) => !known.has(id ?? ''))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
    const awaited = step.completionEvents.flatMap(
      (event) => /^onCommand:(.*)/.exec(event)?.[1] ?? [],
    );
    expect(awaited.filter((id) => !known.has(id))).toEqual([]);
  }
  // Asking for the example is not enough: it has to run.
  expect(steps.at(-1)?.completionEvents).toEqual([`onContext:${contextKeys.exampleStarted}`]);
});

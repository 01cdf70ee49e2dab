import { beforeEach, expect, it, vi } from 'vitest';
import { modelPlaces } from '../../../src/extension/agents/model-places.ts';

/** What the settings say, each where it is said. */
const editor = vi.hoisted(() => ({
  isTrusted: true,
  own: {},
  workspace: {},
}));

vi.mock('vscode', () => ({
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    getConfiguration: (section: string) => {
      const in_ = (said: Record<string, unknown>, name: string) => said[`${section}.${name}`];
      return {
        get: (name: string) => in_(editor.workspace, name) ?? in_(editor.own, name) ?? '',
        inspect: (name: string) => ({
          defaultValue: '',
          globalValue: in_(editor.own, name),
          workspaceValue: in_(editor.workspace, name),
          workspaceFolderValue: in_(editor.workspace, name),
        }),
      };
    },
  },
}));

const names = ['ashlar.baseUrl', 'ashlar.claudeSdk', 'ashlar.claudeExecutable'];
const saying = (text: string) => Object.fromEntries(names.map((name) => [name, text]));
const said = () => {
  const { baseURL, claudeCode } = modelPlaces();
  return [baseURL, claudeCode.sdk, claudeCode.executable];
};

beforeEach(() => {
  Object.assign(editor, { isTrusted: true, own: {}, workspace: {} });
});

it('are as the person’s own settings say', () => {
  editor.own = {
    'ashlar.baseUrl': ' http://localhost:8080 ',
    'ashlar.claudeSdk': '/opt/sdk',
    'ashlar.claudeExecutable': '/opt/claude',
  };
  expect(said()).toEqual(['http://localhost:8080', '/opt/sdk', '/opt/claude']);
  expect(modelPlaces().claudeCode.saidBy).toBe('the setting ashlar.claudeSdk');
  expect(modelPlaces().claudeCode.executableSaidBy).toBe('the setting ashlar.claudeExecutable');
});

it('are left open where nothing is said, or what is no text', () => {
  expect(said()).toEqual([null, null, null]);
  editor.own = saying('  ');
  expect(said()).toEqual([null, null, null]);
  editor.own = Object.fromEntries(names.map((name) => [name, ['/opt']]));
  expect(said()).toEqual([null, null, null]);
});

it('are never as a workspace says', () => {
  editor.workspace = saying('/here/evil');
  expect(said()).toEqual([null, null, null]);
  editor.own = saying('/mine');
  expect(said()).toEqual(['/mine', '/mine', '/mine']);
});

it('are left open in a workspace that is not trusted', () => {
  editor.own = saying('/mine');
  editor.isTrusted = false;
  expect(said()).toEqual([null, null, null]);
});

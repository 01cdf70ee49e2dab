import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * The project's own lint configuration, without the rules that need types: the snippets below
 * are not files of any TypeScript project.
 */
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] });

async function refusals(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  if (result === undefined) throw new Error(`${filePath} was not linted`);
  const broken = result.messages.find(({ fatal }) => fatal === true);
  if (broken !== undefined) throw new Error(`${filePath}: ${broken.message}`);
  return result.messages.flatMap(({ ruleId }) => ruleId ?? []);
}

const LAYERS = 'ashlar/layers';
const SYNTAX = 'no-restricted-syntax';
const GLOBALS = 'no-restricted-globals';

beforeAll(async () => {
  await refusals('src/core/warm-up.ts', ''); // loads the configuration once, outside a test's time
});

describe('lint refuses', () => {
  it.each([
    // The core has no outside.
    ['src/core/a.ts', "import 'node:fs';", LAYERS],
    ['src/core/a.ts', "export type A = import('node:fs').Stats;", LAYERS],
    ['src/core/a.ts', "import * as z from 'zod';\nexport const a = z;", LAYERS],
    ['src/core/plan/a.ts', "import { parse } from 'yaml';\nexport const a = parse;", LAYERS],
    ['src/core/a.ts', "console.log('a');", GLOBALS],
    ['src/core/a.ts', 'export const a = process.env;', GLOBALS],
    ['src/core/a.ts', 'setTimeout(() => {}, 1);', GLOBALS],
    ['src/core/a.ts', 'export const a = Date.now();', GLOBALS],
    ['src/core/a.ts', 'export const a = new Date();', GLOBALS],
    ['src/core/a.ts', 'export const a = crypto.randomUUID();', GLOBALS],
    ['src/core/a.ts', "export const a = fetch('a');", GLOBALS],
    ['src/core/a.ts', 'export const a = Buffer.alloc(1);', GLOBALS],
    ['src/core/a.ts', 'export const a = Math.random();', SYNTAX],
    ['src/core/a.ts', "export const a = 'a'.localeCompare('b');", SYNTAX],

    // Imports point one way.
    ['src/core/a.ts', "import '../engine/b.ts';", LAYERS],
    ['src/core/plan/a.ts', "export const a = () => import('../../protocol/b.ts');", LAYERS],
    ['src/core/a.ts', "export { b } from '../protocol/b.ts';", LAYERS],
    ['src/protocol/a.ts', "import '../engine/b.ts';", LAYERS],
    ['src/engine/a.ts', "import '../protocol/b.ts';", LAYERS],
    ['src/engine/a.ts', "import '../cli/b.ts';", LAYERS],
    ['src/extension/a.ts', "import '../cli/b.ts';", LAYERS],
    ['src/extension/a.ts', "import '../webview/b.ts';", LAYERS],
    ['src/webview/a.tsx', "import '../engine/b.ts';", LAYERS],
    ['src/webview/a.tsx', "import '../extension/b.ts';", LAYERS],
    ['src/webview/a.tsx', "import 'node:fs';", LAYERS],
    ['src/cli/a.ts', "import '../extension/b.ts';", LAYERS],
    ['src/cli/a.ts', "import '../../test/support/b.ts';", LAYERS],
    ['src/elsewhere/a.ts', 'export const a = 1;', LAYERS],

    // Only the extension knows the editor.
    ['src/engine/a.ts', "import * as vscode from 'vscode';\nexport const a = vscode;", LAYERS],
    ['src/webview/a.tsx', "import type { Uri } from 'vscode';\nexport type A = Uri;", LAYERS],

    // Shape, everywhere.
    ['src/engine/a.ts', 'export enum A { b }', SYNTAX],
    ['src/engine/a.ts', 'export default 1;', SYNTAX],
    ['src/engine/a.ts', "export * from './b.ts';", SYNTAX],
    ['src/core/a.ts', "export * from './b.ts';", SYNTAX],
    ['src/core/plan/a.ts', "import { z } from 'zod';\nexport const a = z;", SYNTAX],
  ])('%s: %s', async (filePath, code, rule) => {
    expect(await refusals(filePath, code)).toContain(rule);
  });
});

describe('lint accepts', () => {
  it.each([
    ['src/core/a.ts', "import { b } from './plan/b.ts';\nexport const a = b;"],
    ['src/core/plan/a.ts', "import * as z from 'zod';\nexport const a = z;"],
    ['src/protocol/a.ts', "import { b } from '../core/b.ts';\nexport const a = b;"],
    ['src/engine/a.ts', "import { b } from 'node:fs';\nexport const a = b;"],
    ['src/engine/a.ts', "import { b } from '../core/b.ts';\nexport const a = b;"],
    ['src/extension/a.ts', "import * as vscode from 'vscode';\nexport const a = vscode;"],
    ['src/extension/a.ts', "import { b } from '../engine/b.ts';\nexport const a = b;"],
    ['src/webview/a.tsx', "import { b } from '../protocol/b.ts';\nexport const a = b;"],
    ['src/cli/a.ts', "import { b } from '../engine/b.ts';\nexport const a = b;"],
  ])('%s: %s', async (filePath, code) => {
    expect(await refusals(filePath, code)).toEqual([]);
  });
});

it('a switch over a union names every member', async () => {
  const config = (await new ESLint().calculateConfigForFile('src/core/a.ts')) as {
    rules: Record<string, [number]>;
  };
  expect(config.rules['@typescript-eslint/switch-exhaustiveness-check']?.[0]).toBe(2);
});

import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { layers } from './scripts/eslint-layers.mjs';

const SYNTAX = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals, not an enum.' },
  { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: name what is exported, where it is.' },
  {
    selector:
      "ImportDeclaration[source.value='zod'] > :matches(ImportSpecifier[imported.name='z'], ImportDefaultSpecifier)",
    message: "`import * as z from 'zod'` makes a bundle six times smaller.",
  },
];

/** What would let time, chance, the process or the locale into the rules. */
const OUTSIDE = [
  ...['console', 'process', 'Buffer', 'fetch', 'crypto', 'performance', 'globalThis', 'Date'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Intl'],
].map((name) => ({ name, message: 'The core has no outside: it comes in with a command.' }));

const CORE_SYNTAX = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'The core has no chance: ids and seeds come in with a command.',
  },
  {
    selector: 'MemberExpression[property.name=/^(localeCompare|toLocale)/]',
    message: 'The core has no locale: compare by code point.',
  },
];

export default defineConfig(
  {
    ignores: [
      ...['**/node_modules/', 'dist/', 'build/', 'coverage/', '**/.ce-workspace/'],
      ...['examples/', 'bench/figures/', 'test/**/golden/', '**/*.generated.*'],
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { ashlar: { rules: { layers } } },
    rules: {
      'ashlar/layers': 'error',
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', ...SYNTAX],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A port's fake is often async without waiting for anything.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...OUTSIDE],
      'no-restricted-syntax': ['error', ...SYNTAX, ...CORE_SYNTAX],
    },
  },
  { files: ['src/webview/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs'],
    rules: {
      eqeqeq: ['error', 'always'],
      'no-unused-vars': 'error',
      'prefer-const': 'error',
    },
  },
);

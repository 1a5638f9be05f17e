import js from '@eslint/js';
import {configs as lit} from 'eslint-plugin-lit';
import {configs as wc} from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';
import {roomDirection} from './scripts/lint/room-direction.mjs';
import {nodeOnlyFiles, rooms} from './scripts/lint/rooms.mjs';
import {sides} from './scripts/lint/sides.mjs';
import {tooNewForPages} from './scripts/lint/too-new-for-pages.mjs';

const roomFiles = [...Object.values(rooms).map(room => `${room.folder}/**/*.ts`), 'src/*.ts'];
const processGlobals = ['process', 'Buffer', 'global', '__dirname', 'require'].map(name => ({
  name,
  message: 'It exists in Node only. Pass what you need in from an entry point.',
}));
const viewGlobals = ['document', 'window', 'customElements', 'HTMLElement', 'Element', 'MutationObserver'].map(
  name => ({
    name,
    message: 'Nothing in src/ has a view: move this to components/, or pass what you need in.',
  }),
);

export default tseslint.config(
  {ignores: ['dist/', 'coverage/', 'node_modules/', '.keystall/', '**/*.generated.ts', '**/mockServiceWorker.js']},
  {linterOptions: {reportUnusedDisableDirectives: 'error'}},
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    // Scripts for Node and small page scripts; TypeScript checks names in everything else.
    rules: {'no-undef': 'off', 'no-unused-vars': ['error', {argsIgnorePattern: '^_'}]},
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // Callbacks that may or may not be asynchronous say so: `() => void | Promise<void>`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      // noUncheckedIndexedAccess asks for one where an index is known to be in range.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: {arguments: false, attributes: false}}],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', ignoreRestSiblings: true}],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  {
    files: roomFiles,
    plugins: {keystall: {rules: {'room-direction': roomDirection}}},
    rules: {'keystall/room-direction': 'error'},
  },
  {
    files: roomFiles,
    ignores: nodeOnlyFiles,
    rules: {'no-restricted-globals': ['error', ...processGlobals]},
  },
  {
    files: ['src/**/*.ts'],
    ignores: nodeOnlyFiles,
    rules: {'no-restricted-globals': ['error', ...processGlobals, ...viewGlobals]},
  },
  {
    files: ['src/{domain,contract,client,store}/**/*.ts', 'components/**/*.ts'],
    rules: {'no-restricted-syntax': ['error', ...tooNewForPages]},
  },
  {
    files: ['components/**/*.ts'],
    rules: {'no-restricted-syntax': ['error', ...tooNewForPages, ...sides]},
  },
  {
    files: ['components/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/best-practice']],
    rules: {
      // Strict CSP: the browser refuses these, or Trusted Types does.
      'lit/no-template-map': 'off',
      'lit/ban-attributes': ['error', 'style'],
      'lit/lifecycle-super': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      // A class registers nothing on import; define.ts does.
      'wc/define-tag-after-class-definition': 'off',
      'wc/guard-define-call': 'off',
      'wc/guard-super-call': 'off',
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // node:test's `describe` and `it` return promises that the runner awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {allowForKnownSafeCalls: [{from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'suite']}]},
      ],
    },
  },
  {files: ['scripts/**', 'bench/**', 'test/visual/main.ts', ...nodeOnlyFiles], rules: {'no-console': 'off'}},
);

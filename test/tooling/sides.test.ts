import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Linter} from 'eslint';
import {sides} from '../../scripts/lint/sides.mjs';

const complaints = (style: string): number =>
  new Linter().verify(`css\`:host { ${style} }\``, [{rules: {'no-restricted-syntax': ['error', ...sides]}}]).length;

describe('the lint rule against left and right', () => {
  for (const style of [
    'margin-left: 4px;',
    'padding-right:0',
    'left: 0;',
    'border-left-color: red',
    'border-top-right-radius: 4px',
    'text-align: right',
    'float: left',
    'inset: 0; right: 0',
  ]) {
    it(`finds ${style}`, () => assert.equal(complaints(style), 1));
  }

  for (const style of [
    'margin-inline-start: 4px',
    'inset-inline-end: 0',
    'text-align: end',
    '--_left: 1px; color: red',
    'transition: left 1s',
    'background-position: right top',
  ]) {
    it(`lets pass ${style}`, () => assert.equal(complaints(style), 0));
  }
});

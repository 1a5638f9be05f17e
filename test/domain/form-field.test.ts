import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fieldError, maximumFieldLength, type FormField} from '../../src/domain/form-field.ts';

const field = (overrides: Partial<FormField> = {}): FormField => ({
  name: 'account',
  label: '游戏账号',
  type: 'text',
  required: true,
  ...overrides,
});
const never = () => assert.fail('no pattern may be tested');
const matches = (pattern: string, value: string) => new RegExp(pattern).test(value);

describe('a value of a form field', () => {
  for (const [what, given, value, expected] of [
    ['nothing in a required field', field(), '', 'required'],
    ['nothing in a field that may be empty', field({required: false, pattern: '^.+$'}), '', undefined],
    ['a value that fits', field({pattern: '^[a-z]+$'}), 'abc', undefined],
    ['a value that does not fit', field({pattern: '^[a-z]+$'}), 'ABC', 'mismatch'],
    ['the longest value', field(), 'x'.repeat(maximumFieldLength), undefined],
    ['one of the options', field({options: [{label: '一区', value: 'a'}]}), 'a', undefined],
    ['none of the options', field({options: [{label: '一区', value: 'a'}]}), '一区', 'mismatch'],
  ] as const) {
    it(`${what}: ${expected ?? 'fine'}`, () => assert.equal(fieldError(given, value, matches), expected));
  }

  it('that is too long meets no pattern', () => {
    assert.equal(fieldError(field({pattern: '(a+)+$'}), 'a'.repeat(maximumFieldLength + 1), never), 'mismatch');
  });

  it('without a pattern meets none', () => assert.equal(fieldError(field(), 'abc', never), undefined));
});

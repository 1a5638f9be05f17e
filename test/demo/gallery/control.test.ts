import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {controlFor, usualValue} from '../../../demo/gallery/control.ts';

describe('the control of an attribute', () => {
  for (const [type, control] of [
    ['boolean', {kind: 'switch'}],
    ['number | undefined', {kind: 'number'}],
    ['string', {kind: 'text'}],
    ["'inline' | 'dialog'", {kind: 'choice', values: ['inline', 'dialog']}],
    ["'title' | 'relevance' | undefined", {kind: 'choice', values: ['title', 'relevance']}],
    ["'auto' | number", {kind: 'text'}],
    ['', {kind: 'text'}],
  ] as const) {
    it(`of type ${type || 'nothing'} is a ${control.kind}`, () => {
      assert.deepEqual(controlFor({type}), control);
    });
  }

  it('shows the usual value as a person would write it', () => {
    const usual = (value?: string): string =>
      usualValue({name: 'x', description: '', type: '', ...(value !== undefined && {default: value})});
    assert.deepEqual(["'inline'", 'false', 'undefined', '8', undefined].map(usual), ['inline', '', '', '8', '']);
  });
});

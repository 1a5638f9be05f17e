import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {MalformedRequestError} from '../../src/client/request-errors.ts';
import type {ContactKind} from '../../src/domain/product.ts';
import {checkForm, orderRequest, problemsOf} from '../../src/store/checkout-form.ts';
import {matchesPattern} from '../../src/store/form-fields.ts';
import {form, quote, quoteLine} from './support/builders.ts';

const asking = (...kinds: readonly ContactKind[]) =>
  quote({lines: kinds.map((contact, index) => quoteLine({skuId: `sku-${index}`, contact}))});

describe('a contact', () => {
  for (const [kind, fits, not] of [
    ['any', ['x', '微信号'], ['']],
    ['email', ['a@b.example', ' a@b.example '], ['a@b', 'a b@c.example', '@b.example']],
    ['phone', ['13800138000', '+86 138 0013 8000'], ['123', 'phone']],
    ['qq', ['10001', '123456789'], ['01234', '1234', '12345678901234']],
  ] as const) {
    it(`of kind ${kind}`, () => {
      for (const contact of fits) assert.deepEqual(checkForm(asking(kind), {...form, contact}), {}, contact);
      for (const contact of not) assert.ok('contact' in checkForm(asking(kind), {...form, contact}), contact);
    });
  }

  it('for several kinds fits one of them; the server has the last word', () => {
    assert.deepEqual(checkForm(asking('email', 'qq'), {...form, contact: '10001'}), {});
    assert.deepEqual(checkForm(asking('email', 'any'), {...form, contact: '10001'}), {contact: 'mismatch'});
  });

  it('has a longest length', () => {
    assert.deepEqual(checkForm(asking('any'), {...form, contact: 'x'.repeat(255)}), {contact: 'mismatch'});
  });
});

describe('a lookup password', () => {
  const filled = (lookupPassword: string) => ({...form, lookupPassword});
  const asked = quote();

  it('is optional, and has six characters when there is one', () => {
    for (const fits of ['', '   ', '123456', ' 123456 ']) assert.deepEqual(checkForm(asked, filled(fits)), {}, fits);
    for (const not of ['1', '12345', ' 12345 ']) {
      assert.deepEqual(checkForm(asked, filled(not)), {lookupPassword: 'mismatch'}, not);
    }
  });

  it('is sent only if there is one, without the blanks around it', () => {
    assert.ok(!('lookupPassword' in orderRequest(asked, filled('  '), {})));
    assert.equal(orderRequest(asked, filled(' 123456 '), {}).lookupPassword, '123456');
  });
});

describe('a pattern of a platform', () => {
  it('must match the whole value', () => {
    assert.ok(matchesPattern('[a-z]{3}', 'abc'));
    assert.ok(!matchesPattern('[a-z]{3}', 'abcd'));
    assert.ok(!matchesPattern('a|b', 'ab'));
    assert.ok(matchesPattern('\\d+-\\d+', '12-34'));
  });

  it('that is none, or may run for ever, is left to the server', () => {
    for (const pattern of ['(', '(a+)+b', '(a|a)*b', '.*.*.*.*x', '(.)\\1', 'a{2,}b*c*d+', 'x'.repeat(201)]) {
      assert.ok(matchesPattern(pattern, 'a'.repeat(256)), pattern);
    }
  });

  it('is answered at once, whatever it is', () => {
    const part = fc.constantFrom(
      'a',
      '.',
      '*',
      '+',
      '?',
      '(',
      ')',
      '|',
      '[a-z]',
      '{2,}',
      '{1,9}',
      '\\d',
      '\\1',
      '^',
      '$',
    );
    fc.assert(
      fc.property(fc.array(part, {maxLength: 20}), parts => {
        const began = performance.now();
        matchesPattern(parts.join(''), 'a'.repeat(255) + '!');
        assert.ok(performance.now() - began < 2_000);
      }),
      {numRuns: 500},
    );
  });
});

it('the places that a server objects to are those of the form', () => {
  const errors = ['contact', 'fields.sku-1.game.area', 'quote'].map(path => ({path, message: 'no'}));
  const error = new MalformedRequestError({
    type: 'about:blank',
    title: 'No',
    status: 422,
    code: 'validation_failed',
    errors,
  });
  assert.deepEqual(problemsOf(error), {contact: 'mismatch', 'sku-1/game.area': 'mismatch', quote: 'mismatch'});
});

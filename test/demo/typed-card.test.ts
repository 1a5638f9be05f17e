import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {cardProblem, groupedExpiry, groupedNumber} from '../../demo/cashier/typed-card.ts';

const now = new Date(2026, 10, 28);
const good = {number: '4242 4242 4242 4242', expiry: '12 / 30', code: '123'};

describe('a typed card', () => {
  it('is grouped as it stands on the card, the same typed at once or piece by piece', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d -]{0,24}$/), text => {
        const digits = text.replace(/\D/g, '');
        const grouped = groupedNumber(text);
        assert.equal(grouped.replaceAll(' ', ''), digits.slice(0, 19));
        assert.ok(grouped.split(' ').every(group => group.length <= 4));
        const typed = [...digits].reduce((sofar, digit) => groupedNumber(sofar + digit), '');
        assert.equal(typed, grouped);
        assert.equal(
          [...digits].reduce((sofar, digit) => groupedExpiry(sofar + digit), ''),
          groupedExpiry(digits),
        );
      }),
    );
  });

  it('has an end that can be deleted', () => {
    assert.equal(groupedExpiry('12 / 3'), '12 / 3');
    assert.equal(groupedExpiry('12 / '), '12');
  });

  it('is taken where it could be one', () => {
    assert.equal(cardProblem(good, now), undefined);
    assert.equal(cardProblem({...good, expiry: '11 / 26'}, now), undefined, 'good to the end of its month');
    assert.equal(cardProblem({...good, expiry: '12 / 99'}, now), undefined);
  });

  for (const [what, card, field] of [
    ['nothing typed', {number: '', expiry: '', code: ''}, 'number'],
    ['a digit too few', {...good, number: '4242 4242 424'}, 'number'],
    ['two digits that changed places', {...good, number: '2442 4242 4242 4242'}, 'number'],
    ['a month that does not exist', {...good, expiry: '13 / 30'}, 'expiry'],
    ['no month at all', {...good, expiry: '00 / 30'}, 'expiry'],
    ['a card that is over', {...good, expiry: '10 / 26'}, 'expiry'],
    ['half a code', {...good, code: '12'}, 'code'],
  ] as const) {
    it(`is sent back to its field: ${what}`, () => {
      assert.equal(cardProblem(card, now), field);
    });
  }
});

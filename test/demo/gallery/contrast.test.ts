import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {contrastOf, rgbOf, weakContrasts, type Rgb} from '../../../demo/gallery/contrast.ts';

const channel = fc.integer({min: 0, max: 255});
const color = fc.tuple(channel, channel, channel);

describe('contrast', () => {
  it('is as WCAG has it', () => {
    const between = (one: string, other: string): string => contrastOf(rgbOf(one)!, rgbOf(other)!).toFixed(2);
    assert.equal(between('#000', '#ffffff'), '21.00');
    assert.equal(between('#777777', '#fff'), '4.48');
    assert.equal(between('#767676', '#ffffff'), '4.54');
  });

  it('is the same both ways, and from 1 to 21', () => {
    fc.assert(
      fc.property(color, color, (one: Rgb, other: Rgb) => {
        const ratio = contrastOf(one, other);
        assert.equal(ratio, contrastOf(other, one));
        assert.ok(ratio >= 1 && ratio <= 21);
      }),
    );
  });

  it('finds text that cannot be read, and edges that cannot be seen', () => {
    const colors = {
      text: '#17191c',
      surface: '#ffffff',
      accent: '#f0b660',
      'on-accent': '#ffffff',
      'border-strong': '#cccccc',
    };
    assert.deepEqual(
      weakContrasts(colors).map(({over, under, least}) => [over, under, least]),
      [
        ['on-accent', 'accent', 4.5],
        ['accent', 'surface', 4.5],
        ['border-strong', 'surface', 3],
      ],
    );
  });

  it('says nothing about colours it does not know', () => {
    assert.equal(rgbOf('rebeccapurple'), undefined);
    assert.deepEqual(weakContrasts({text: 'gold', surface: '#ffffff'}), []);
  });
});

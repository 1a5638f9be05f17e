import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {PNG} from 'pngjs';
import {compare, pixelTolerance, small} from '../visual/compare.ts';
import {differences} from '../visual/made-with.ts';

type Color = readonly [red: number, green: number, blue: number];

/** A white picture with a square of one colour in it. */
function picture({color = [90, 97, 105] as Color, width = 60, height = 40, side = 20, at = 10} = {}): Buffer {
  const image = new PNG({width, height});
  image.data.fill(255);
  for (let y = at; y < at + side; y += 1) {
    for (let x = at; x < at + side; x += 1) image.data.set(color, (y * width + x) * 4);
  }
  return PNG.sync.write(image);
}

describe('comparing pictures', () => {
  it('finds none in the same picture, however it was packed', () => {
    const {isSame, differing} = compare(picture(), small(picture()));
    assert.deepEqual([isSame, differing], [true, 0]);
  });

  it('finds a colour that changed a little', () => {
    const {isSame, differing} = compare(picture(), picture({color: [98, 105, 113]}));
    assert.deepEqual([isSame, differing], [false, 400]);
  });

  it('finds what moved by one pixel', () => {
    assert.equal(compare(picture(), picture({at: 11})).isSame, false);
  });

  it('finds another size, even where the new part is empty', () => {
    assert.equal(compare(picture(), picture({height: 41})).isSame, false);
    assert.equal(compare(picture({width: 61}), picture()).isSame, false);
  });

  it(`passes over ${pixelTolerance} pixels, and not one more`, () => {
    const speck = (pixels: number): Buffer => {
      const image = PNG.sync.read(picture({side: 0}));
      // Far apart from each other, so that none is taken for the edge of something.
      for (let index = 0; index < pixels; index += 1) image.data.set([200, 0, 0], (index * 120 + 3) * 4);
      return PNG.sync.write(image);
    };
    assert.equal(compare(speck(0), speck(pixelTolerance)).isSame, true);
    assert.equal(compare(speck(0), speck(pixelTolerance + 1)).isSame, false);
  });

  it('marks what differs', () => {
    const diff = PNG.sync.read(compare(picture(), picture({color: [200, 0, 0]})).diff);
    const middle = (20 * diff.width + 20) * 4;
    assert.deepEqual([...diff.data.subarray(middle, middle + 3)], [214, 51, 138]);
  });
});

describe('where pictures can be compared', () => {
  const fonts = {'system-ui': 'DejaVu Sans', 'sans-serif:lang=zh-cn': 'Noto Sans CJK SC'};

  it('is where browser and fonts are those of the baselines', () => {
    assert.deepEqual(differences({browser: '150', fonts}, {browser: '150', fonts}), []);
  });

  it('is nowhere else, and it says why', () => {
    const found = differences({browser: '150', fonts}, {browser: '151', fonts: {...fonts, 'system-ui': 'Arial'}});
    assert.deepEqual(found, ['Chromium 151 instead of 150', 'system-ui is Arial instead of DejaVu Sans']);
    assert.equal(differences(undefined, {browser: '150', fonts}).length, 1);
  });
});

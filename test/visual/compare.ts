import pixelmatch from 'pixelmatch';
import {PNG} from 'pngjs';

/**
 * How unlike two colours may be and still count as the same, from 0 to 1, as pixelmatch measures what an eye sees. This
 * finds a grey that is two per cent lighter. Pixels that only smooth an edge otherwise are no difference.
 */
const colorTolerance = 0.02;

/** So many pixels may differ: a caret's worth, less than a dot over an i. */
export const pixelTolerance = 8;

export interface Comparison {
  readonly isSame: boolean;
  /** Pixels that differ; of pictures of two sizes, all that only one of them has as well. */
  readonly differing: number;
  /** Shows where. */
  readonly diff: Buffer;
}

export function compare(baseline: Buffer, picture: Buffer): Comparison {
  const [before, after] = [PNG.sync.read(baseline), PNG.sync.read(picture)];
  const width = Math.max(before.width, after.width);
  const height = Math.max(before.height, after.height);
  const diff = new PNG({width, height});
  const inBoth = pixelmatch(on(before, width, height), on(after, width, height), diff.data, width, height, {
    threshold: colorTolerance,
    diffColor: [214, 51, 138],
  });
  const isOneSize = before.width === after.width && before.height === after.height;
  const differing = isOneSize ? inBoth : Math.max(inBoth, pixelTolerance + 1);
  return {isSame: differing <= pixelTolerance, differing, diff: PNG.sync.write(diff)};
}

/** The picture as small as PNG has it: nothing in it is transparent. */
export function small(picture: Buffer): Buffer {
  return PNG.sync.write(PNG.sync.read(picture), {colorType: 2, deflateLevel: 9});
}

/** The pixels of a picture on a transparent sheet of this size. */
function on(picture: PNG, width: number, height: number): Buffer {
  if (picture.width === width && picture.height === height) return picture.data;
  const sheet = new PNG({width, height});
  PNG.bitblt(picture, sheet, 0, 0, picture.width, picture.height, 0, 0);
  return sheet.data;
}

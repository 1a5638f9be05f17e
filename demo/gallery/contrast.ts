/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** `#1b59c4` or `#fff`; undefined for any other text. */
export function rgbOf(hex: string): Rgb | undefined {
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(hex)?.[1];
  if (digits === undefined) return undefined;
  const width = digits.length / 3;
  const channel = (at: number): number => {
    const part = digits.slice(at * width, (at + 1) * width);
    return parseInt(width === 1 ? part + part : part, 16);
  };
  return [channel(0), channel(1), channel(2)];
}

/** From 1 to 21, as WCAG 2.2 defines it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map(value => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Tokens that are read on each other, without `--ks-`, and what they must reach: text 4.5, edges of controls 3. */
const pairs: readonly (readonly [over: string, under: string, least: number])[] = [
  ['text', 'surface', 4.5],
  ['text', 'surface-sunken', 4.5],
  ['text-muted', 'surface', 4.5],
  ['text-muted', 'surface-sunken', 4.5],
  ['on-accent', 'accent', 4.5],
  ['accent', 'surface', 4.5],
  ['success', 'surface', 4.5],
  ['warning', 'surface', 4.5],
  ['danger', 'surface', 4.5],
  ['border-strong', 'surface', 3],
];

export interface WeakContrast {
  readonly over: string;
  readonly under: string;
  readonly ratio: number;
  readonly least: number;
}

/** Where somebody would not be able to read, with these colours (hex, by the token's name without `--ks-`) in force. */
export function weakContrasts(colors: Readonly<Record<string, string>>): readonly WeakContrast[] {
  return pairs.flatMap(([over, under, least]) => {
    const [front, back] = [rgbOf(colors[over] ?? ''), rgbOf(colors[under] ?? '')];
    const ratio = front && back && contrastOf(front, back);
    return ratio !== undefined && ratio < least ? [{over, under, ratio, least}] : [];
  });
}

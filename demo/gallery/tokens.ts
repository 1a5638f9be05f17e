import type {Appearance} from '../../components/shared/appearance.ts';
import {rgbOf} from './contrast.ts';

/** `accent` for `--ks-accent`. */
export const bareName = (property: string): string => property.replace(/^--ks-/, '');

/** The `appearance` object that sets these tokens, given by their names without `--ks-`. */
export function appearanceOf(tokens: Readonly<Record<string, string>>): Appearance {
  return Object.fromEntries(
    Object.entries(tokens).map(([name, value]) => [
      name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

/** The CSS that sets these tokens, given by their names without `--ks-`. */
export function cssOf(tokens: Readonly<Record<string, string>>): string {
  const lines = Object.entries(tokens).map(([name, value]) => `  --ks-${name}: ${value};`);
  return [':root {', ...lines, '}'].join('\n');
}

/**
 * What the tokens come to on an element, by their names without `--ks-`. Each is read inside the elements as a private
 * property of the same name, where the theme's own value stands in for one that nobody set. Colours come as hex.
 */
export function valuesInForce(element: HTMLElement, properties: readonly string[]): Readonly<Record<string, string>> {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    properties.flatMap(property => {
      const name = bareName(property);
      const value = (style.getPropertyValue(`--_${name}`) || style.getPropertyValue(property)).trim();
      return value === '' ? [] : [[name, CSS.supports('color', value) ? hexOf(value) : value]];
    }),
  );
}

/** Any colour of CSS as `#rrggbb`, as a canvas paints it. */
export function hexOf(color: string): string {
  if (rgbOf(color)) return color;
  const paint = document.createElement('canvas').getContext('2d')!;
  paint.fillStyle = color;
  paint.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map(value => value.toString(16).padStart(2, '0')).join('')}`;
}

import type {Ground, Theme} from './theme.ts';
import {darkTokens, starkDarkTokens, starkTokens} from './tokens.ts';

const outfits = [darkTokens, starkTokens, starkDarkTokens].map(({styleSheet}) => styleSheet);

/** Dresses the elements of a shadow root in a theme: its style sheets beside the element's own. */
export function dress(root: ShadowRoot, theme: Theme | undefined, page: Ground): void {
  const isDark = (theme === 'light' || theme === 'dark' ? theme : page) === 'dark';
  const isStark = theme === 'high-contrast';
  const wanted = [isDark, isStark && !isDark, isStark && isDark];
  const adopted = root.adoptedStyleSheets;
  if (outfits.every((sheet, index) => !sheet || adopted.includes(sheet) === wanted[index])) return;
  root.adoptedStyleSheets = [
    ...adopted.filter(sheet => !outfits.includes(sheet)),
    ...outfits.filter((sheet, index) => sheet && wanted[index]),
  ] as CSSStyleSheet[];
}

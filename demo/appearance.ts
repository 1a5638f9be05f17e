import type {DemoSettings} from './settings.ts';

/** Accent and the text on it, on light and on dark ground; each pair reads at 4.5 : 1 or better. */
const accentColors: Readonly<
  Record<DemoSettings['accent'], Readonly<Record<'light' | 'dark', readonly [string, string]>>>
> = {
  blue: {light: ['#1b59c4', '#ffffff'], dark: ['#8db4ff', '#0b1a38']},
  green: {light: ['#0b6e4f', '#ffffff'], dark: ['#6fd9b0', '#04251a']},
  plum: {light: ['#7a2f8f', '#ffffff'], dark: ['#e0a5f0', '#2c0a36']},
  brick: {light: ['#b03a1e', '#ffffff'], dark: ['#ffa98f', '#38110a']},
  ink: {light: ['#23272e', '#ffffff'], dark: ['#e6e9ee', '#16181c']},
};

const radii: Readonly<Record<DemoSettings['corner'], string>> = {sharp: '0px', soft: '12px', round: '20px'};

/** Dresses the page, and through custom properties the elements in it, as the settings say. */
export function dress({lang, theme, accent, corner}: DemoSettings, systemIsDark: boolean): void {
  const look = theme === 'auto' ? (systemIsDark ? 'dark' : 'light') : theme;
  const [color, onColor] = accentColors[accent][look];
  const {documentElement: page} = document;
  page.lang = lang;
  page.dataset['theme'] = look;
  page.style.setProperty('--ks-accent', color);
  page.style.setProperty('--ks-on-accent', onColor);
  page.style.setProperty('--ks-radius', radii[corner]);
}

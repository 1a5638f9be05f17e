export const palettes = ['blue', 'green', 'plum', 'brick', 'ink'] as const;
export type Palette = (typeof palettes)[number];

/** Accent and the text on it, on light and on dark ground; each pair reads at 4.5 : 1 or better. */
export const accentColors: Readonly<
  Record<Palette, Readonly<Record<'light' | 'dark', readonly [accent: string, onAccent: string]>>>
> = {
  blue: {light: ['#1b59c4', '#ffffff'], dark: ['#8db4ff', '#0b1a38']},
  green: {light: ['#0b6e4f', '#ffffff'], dark: ['#6fd9b0', '#04251a']},
  plum: {light: ['#7a2f8f', '#ffffff'], dark: ['#e0a5f0', '#2c0a36']},
  brick: {light: ['#b03a1e', '#ffffff'], dark: ['#ffa98f', '#38110a']},
  ink: {light: ['#23272e', '#ffffff'], dark: ['#e6e9ee', '#16181c']},
};

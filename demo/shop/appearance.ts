import {accentColors} from '../palettes.ts';
import type {DemoSettings} from './settings.ts';

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

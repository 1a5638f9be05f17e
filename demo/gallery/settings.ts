import {themes as elementThemes} from '../../components/shared/theme.ts';

export const spokenLanguages = ['zh', 'en'] as const;
export const languages = ['zh-CN', 'zh-TW', 'en'] as const;
export const directions = ['ltr', 'rtl'] as const;
export const themes = elementThemes;
export const widths = ['free', '360', '768', '1280'] as const;
export const zooms = ['100', '200'] as const;
export const panels = ['controls', 'theme', 'code', 'events', 'parts'] as const;

/** Everything the gallery shows, as its address says it. */
export interface GallerySettings {
  /** What the gallery itself speaks. */
  readonly ui: (typeof spokenLanguages)[number];
  /** Tag name of the element on the stage; empty: all of them are shown. */
  readonly element: string;
  /** One of the element's states; empty: its first. */
  readonly state: string;
  readonly lang: (typeof languages)[number];
  readonly dir: (typeof directions)[number];
  readonly theme: (typeof themes)[number];
  /** Of the stage, in CSS pixels; `free`: as wide as there is room. */
  readonly width: (typeof widths)[number];
  /** Of the page on the stage, in per cent. */
  readonly zoom: (typeof zooms)[number];
  readonly panel: (typeof panels)[number];
  /** Attributes of the element, by name; `null`: it goes without, although its state gives it one. */
  readonly attributes: Readonly<Record<string, string | null>>;
  /** Values of tokens, by name without `--ks-`. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Words in the element's default slot; empty: none. */
  readonly slot: string;
}

export const usualSettings: GallerySettings = {
  ui: 'zh',
  element: '',
  state: '',
  lang: 'zh-CN',
  dir: 'ltr',
  theme: 'auto',
  width: 'free',
  zoom: '100',
  panel: 'controls',
  attributes: {},
  tokens: {},
  slot: '',
};

const attributePrefix = 'attr.';
const withoutPrefix = 'without.';
const tokenPrefix = 'token.';

/** Reads the query of an address. What it does not know, it leaves as usual. */
export function readSettings(query: string): GallerySettings {
  const given = new URLSearchParams(query);
  const one = <T extends string>(name: keyof GallerySettings, known: readonly T[], usual: T): T =>
    known.find(value => value === given.get(name)) ?? usual;
  const all = (prefix: string): Record<string, string> =>
    Object.fromEntries(
      [...given].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
    );
  return {
    ui: one('ui', spokenLanguages, usualSettings.ui),
    element: given.get('element') ?? '',
    state: given.get('state') ?? '',
    lang: one('lang', languages, usualSettings.lang),
    dir: one('dir', directions, usualSettings.dir),
    theme: one('theme', themes, usualSettings.theme),
    width: one('width', widths, usualSettings.width),
    zoom: one('zoom', zooms, usualSettings.zoom),
    panel: one('panel', panels, usualSettings.panel),
    attributes: {
      ...all(attributePrefix),
      ...Object.fromEntries(Object.keys(all(withoutPrefix)).map(name => [name, null])),
    },
    tokens: all(tokenPrefix),
    slot: given.get('slot') ?? '',
  };
}

/** The query that says these settings, from `?` on; what is as usual goes without saying. */
export function writeSettings({attributes, tokens, ...plain}: GallerySettings): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(plain)) {
    if (value !== usualSettings[name as keyof typeof plain]) said.set(name, value);
  }
  for (const [name, value] of Object.entries(attributes)) {
    said.set((value === null ? withoutPrefix : attributePrefix) + name, value ?? '');
  }
  for (const [name, value] of Object.entries(tokens)) said.set(tokenPrefix + name, value);
  return `?${said}`;
}

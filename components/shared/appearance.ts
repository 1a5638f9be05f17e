/** The tokens a page may set, each with what its value is. The names in CSS are theirs: `onAccent` is `--ks-on-accent`. */
const tokens = {
  font: 'font',
  accent: 'color',
  onAccent: 'color',
  surface: 'color',
  surfaceSunken: 'color',
  text: 'color',
  textMuted: 'color',
  border: 'color',
  borderStrong: 'color',
  success: 'color',
  warning: 'color',
  danger: 'color',
  radius: 'length',
  cardWidth: 'length',
} as const;

export type AppearanceToken = keyof typeof tokens;

/** Values for tokens: `{accent: '#0b6e4f', radius: '4px', font: 'Georgia, serif'}`. */
export type Appearance = Readonly<Partial<Record<AppearanceToken, string>>>;

const kinds = {
  color: {
    property: 'color',
    // Literal colours only: what a variable or an address stands for nobody knows.
    shape: /^(#[\da-f]{3,8}|[a-z]+|(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([\w\s.,%/+-]+\))$/i,
    example: '#0b6e4f',
  },
  length: {property: 'border-radius', shape: /^(0|\d*\.?\d+(px|em|rem))$/, example: '12px'},
  font: {property: 'font-family', shape: /^[\p{L}\p{N}\s,'"-]+$/u, example: 'Georgia, serif'},
} as const;

/** What was set on an element before, so that it can be taken back. */
const worn = new WeakMap<HTMLElement, Appearance>();

/**
 * Gives the elements within `host` another look: sets the tokens that `appearance` names, takes back those it set before
 * and no longer names. Nothing else can be set that way, so settings may come from anywhere. What is no token or no value
 * for one is left out and reported. Works under a strict Content-Security-Policy.
 */
export function setAppearance(host: HTMLElement, appearance: Appearance = {}): void {
  for (const name of Object.keys(worn.get(host) ?? {})) host.style.removeProperty(cssName(name));
  const fitting: Record<string, string> = {};
  for (const [name, value] of Object.entries(appearance) as [string, unknown][]) {
    // Left out, as in `{accent: undefined}`.
    if (value === undefined) continue;
    const mistake = mistakeIn(name, value);
    if (mistake) reportError(new TypeError(mistake));
    else host.style.setProperty(cssName(name), (fitting[name] = value as string));
  }
  worn.set(host, fitting);
}

/** The look at an element, in values that mean the same elsewhere: what no token could be is left out. */
export function appearanceAt(element: HTMLElement): Appearance {
  const style = getComputedStyle(element);
  const set = Object.keys(tokens).map(name => [name, style.getPropertyValue(cssName(name)).trim()] as const);
  // Without the token, elements take the font of the page.
  return fittingAppearance({font: style.fontFamily, ...Object.fromEntries(set.filter(([, value]) => value !== ''))});
}

/** What of it is a token with a value for one. */
export function fittingAppearance(appearance: Readonly<Record<string, string>>): Appearance {
  return Object.fromEntries(Object.entries(appearance).filter(([name, value]) => !mistakeIn(name, value)));
}

function mistakeIn(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(tokens, name)) {
    return `The appearance has no token "${name}". There are: ${Object.keys(tokens).join(', ')}.`;
  }
  const kind = tokens[name as AppearanceToken];
  const {property, shape, example} = kinds[kind];
  if (typeof value === 'string' && shape.test(value) && CSS.supports(property, value)) return undefined;
  return `The appearance's ${name} is ${JSON.stringify(value)}, which is no ${kind}. Give it one such as "${example}".`;
}

const cssName = (token: string): string => `--ks-${token.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

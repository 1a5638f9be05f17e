import type {Readable} from '../../src/store/readable.ts';

/** What a page may say: `auto` is as the page looks; `high-contrast` is that, too, but starker. */
export const themes = ['light', 'dark', 'auto', 'high-contrast'] as const;
export type Theme = (typeof themes)[number];

/** What lies beneath the elements. */
export type Ground = 'light' | 'dark';

/**
 * Whether the page is dark now, whatever made it so: elements that follow only the system's wish would be dark
 * islands in the many pages that are always light.
 *
 * A page that declares `color-scheme` is believed; of any other its background decides.
 */
class PageTheme implements Readable<Ground> {
  readonly #listeners = new Set<() => void>();
  #observed: AbortController | undefined;
  #value: Ground | undefined;

  get value(): Ground {
    return (this.#observed && this.#value) ?? themeOfPage();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#observed ??= this.#observe();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#observed?.abort();
      this.#observed = undefined;
    };
  }

  #observe(): AbortController {
    const controller = new AbortController();
    const {signal} = controller;
    const update = (): void => {
      const before = this.#value;
      this.#value = themeOfPage();
      if (this.#value !== before) this.#listeners.forEach(listener => listener());
    };
    this.#value = themeOfPage();
    systemIsDark().addEventListener('change', update, {signal});
    // Stylesheets that arrive late may change the background.
    addEventListener('load', update, {signal});
    // At the moment of the switch, a background that fades still has its old colour.
    const faded = ({target}: Event): void => {
      if (outermost().includes(target as HTMLElement)) update();
    };
    document.addEventListener('transitionend', faded, {signal});
    // Pages switch themes by a class or an attribute on their outermost elements.
    const observer = new MutationObserver(update);
    for (const element of outermost()) observer.observe(element, {attributes: true});
    signal.addEventListener('abort', () => observer.disconnect());
    return controller;
  }
}

export const pageTheme: Readable<Ground> = new PageTheme();

function themeOfPage(): Ground {
  const declared = declaredScheme();
  if (declared.includes('dark')) return !declared.includes('light') || systemIsDark().matches ? 'dark' : 'light';
  if (declared.includes('light')) return 'light';
  for (const element of outermost()) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = channels(element);
    // Rec. 601 luma: enough to tell a dark background from a light one.
    if (alpha > 0.5) return red * 0.299 + green * 0.587 + blue * 0.114 < 128 ? 'dark' : 'light';
  }
  return 'light';
}

/** By a style, or by `<meta name="color-scheme">`, which no computed style shows. */
function declaredScheme(): string {
  const {colorScheme} = getComputedStyle(document.documentElement);
  if (colorScheme !== 'normal') return colorScheme;
  return document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content ?? '';
}

const systemIsDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

const outermost = (): readonly HTMLElement[] => [document.body, document.documentElement];

/** Red, green, blue and, if not 1, alpha of an element's background. */
export function channels(element: Element): readonly number[] {
  const {backgroundColor} = getComputedStyle(element);
  if (backgroundColor.startsWith('rgb')) return (backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
  // `oklch()`, `lab()`, `color()`: their numbers mean other things. What paints them knows.
  const canvas = document.createElement('canvas').getContext('2d');
  if (!canvas) return [0, 0, 0, 0];
  canvas.fillStyle = backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

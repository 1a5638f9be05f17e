const query = '(prefers-color-scheme: dark)';
const {matchMedia} = globalThis;

/** Stands in for the wish of the system, which only some engines let a test change. */
class SystemTheme extends EventTarget {
  readonly media = query;
  matches = false;

  set(theme: 'light' | 'dark'): void {
    globalThis.matchMedia = asked => (asked === query ? (this as unknown as MediaQueryList) : matchMedia(asked));
    if (this.matches === (theme === 'dark')) return;
    this.matches = theme === 'dark';
    this.dispatchEvent(new Event('change'));
  }

  restore(): void {
    this.set('light');
    globalThis.matchMedia = matchMedia;
  }
}

export const systemTheme = new SystemTheme();

import type {ReactiveController, ReactiveControllerHost} from 'lit';

/**
 * Keeps its host's dialog within what a reader sees while the on-screen keyboard is there. Most phones lay it over the
 * page: the lower end of what fills the screen, and the button that pays with it, would lie beneath.
 *
 * Says the place in `--_seen-top` and `--_seen-height` of the host; without a keyboard, or where the page is magnified,
 * in neither.
 */
export class SeenArea implements ReactiveController {
  readonly #host: HTMLElement;
  #connection: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const {signal} = (this.#connection = new AbortController());
    for (const type of ['resize', 'scroll']) globalThis.visualViewport?.addEventListener(type, this.#note, {signal});
  }

  hostDisconnected(): void {
    this.#connection?.abort();
  }

  readonly #note = (): void => {
    const {height, offsetTop, scale} = globalThis.visualViewport!;
    // A bar of the browser's that comes and goes is lower than any keyboard.
    const isCovered = scale === 1 && innerHeight - height > leastKeyboard;
    const {style} = this.#host;
    if (isCovered) {
      style.setProperty('--_seen-top', `${offsetTop}px`);
      style.setProperty('--_seen-height', `${height}px`);
    } else {
      style.removeProperty('--_seen-top');
      style.removeProperty('--_seen-height');
    }
  };
}

/** Pixels. */
const leastKeyboard = 120;

import {html, nothing, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {CoverSubject, drawnCover} from './drawn-cover.ts';

/** The code that draws covers, once it was needed. */
let draw: typeof drawnCover | undefined;

type CoveredHost = ReactiveControllerHost & {readonly isServed?: boolean};

/** Loads what draws covers, for whoever knows that some will be drawn. */
export async function loadDrawing(): Promise<void> {
  ({drawnCover: draw} = await import('./drawn-cover.ts'));
}

/** Shows the covers of goods: the shop's picture where there is one that loads, a drawn cover else. */
export class CoverController {
  readonly #host: CoveredHost;
  readonly #broken = new Set<string>();
  #isLoading = false;

  constructor(host: CoveredHost) {
    this.#host = host;
  }

  /** @param address origin of the shop server, which `cover` is a path on */
  template(subject: CoverSubject & {readonly cover?: string}, address: string): TemplateResult | typeof nothing {
    const {cover} = subject;
    // Without its address a path would be asked of the host page.
    if (cover === undefined || address === '' || this.#broken.has(cover)) return this.drawn(subject);
    const giveUp = (): void => {
      this.#broken.add(cover);
      this.#host.requestUpdate();
    };
    return html`<img
      src=${address + cover}
      alt=""
      loading="lazy"
      decoding="async"
      width="317"
      height="200"
      @error=${giveUp}
    />`;
  }

  /** A drawn cover; nothing while the code that draws is on its way, or did not arrive. */
  drawn(subject: CoverSubject): TemplateResult | typeof nothing {
    // A server draws none, whatever it has loaded by then, and who takes over draws what the server drew.
    if (this.#host.isServed) return nothing;
    if (!draw && !this.#isLoading) {
      this.#isLoading = true;
      loadDrawing().then(
        () => this.#host.requestUpdate(),
        // A cover is decoration: the next change of the host tries again.
        () => (this.#isLoading = false),
      );
    }
    return draw ? draw(subject) : nothing;
  }
}

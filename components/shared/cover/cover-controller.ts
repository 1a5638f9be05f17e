import {html, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {drawnCover, type CoverSubject} from './drawn-cover.ts';

/** Shows the covers of goods: the shop's picture where there is one that loads, a drawn cover else. */
export class CoverController {
  readonly #host: ReactiveControllerHost;
  readonly #broken = new Set<string>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** @param address origin of the shop server, which `cover` is a path on */
  template(subject: CoverSubject & {readonly cover?: string}, address: string): TemplateResult {
    const {cover} = subject;
    // Without its address a path would be asked of the host page.
    if (cover === undefined || address === '' || this.#broken.has(cover)) return drawnCover(subject);
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
}

import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** How far beyond what can be seen blocks are drawn, so that Tab and a quick thumb find the next one there. */
const margin = '800px 0px';

/**
 * Draws of a long list only the blocks near what can be seen. A block that is not drawn keeps the height it had, or is
 * guessed to have. The host marks each block with `data-block`, an id, and draws its rows if `isDrawn` says so.
 */
export class BlockWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #heights = new Map<string, number>();
  readonly #drawn = new Set<string>();
  readonly #observed = new Set<Element>();
  /** Of a row, in pixels, as far as can be told: measured once, or a guess. */
  #rowHeight: number | undefined;
  #observer: IntersectionObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  isDrawn(block: string): boolean {
    return this.#drawn.has(block);
  }

  /** Begins anew, with other blocks, of which `first` can be seen. */
  reset(first?: string): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed.clear();
    this.#heights.clear();
    this.#drawn.clear();
    this.#rowHeight = undefined;
    if (first !== undefined) this.#drawn.add(first);
  }

  hostDisconnected(): void {
    this.reset();
  }

  hostUpdated(): void {
    const blocks = this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-block]') ?? [];
    for (const block of blocks) {
      const id = block.dataset['block']!;
      const rows = Number(block.dataset['rows']);
      const isDrawn = this.#drawn.has(id);
      if (isDrawn) this.#rowHeight ??= block.offsetHeight / rows || undefined;
      const height = isDrawn ? undefined : (this.#heights.get(id) ?? rows * (this.#rowHeight ?? 62));
      if (height === undefined) block.style.removeProperty('block-size');
      else block.style.setProperty('block-size', `${height}px`);
      if (this.#observed.has(block)) continue;
      this.#observed.add(block);
      this.#observer ??= new IntersectionObserver(this.#look, {rootMargin: margin});
      this.#observer.observe(block);
    }
  }

  readonly #look = (entries: readonly IntersectionObserverEntry[]): void => {
    for (const {target, isIntersecting} of entries) {
      const block = target as HTMLElement;
      const id = block.dataset['block']!;
      // What has the focus stays, or it would fall to the page.
      if (isIntersecting || block.contains(this.#host.shadowRoot!.activeElement)) this.#drawn.add(id);
      else if (this.#drawn.delete(id)) this.#heights.set(id, block.offsetHeight);
    }
    this.#host.requestUpdate();
  };
}

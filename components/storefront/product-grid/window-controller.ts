import type {LitElement, ReactiveController} from 'lit';
import {drawnWindow, rowTop, type DrawnWindow} from '../../../src/store/drawn-window.ts';

/** Which cards of a long list are drawn: those in sight, those around them, and one that holds the focus. */
export interface DrawnCards {
  readonly first: number;
  readonly end: number;
  /** The card with the focus, if it is elsewhere: taken out of the page, it would lose the focus. */
  readonly held: number | undefined;
  /** None of them was drawn before, and they come before those that were. */
  readonly leapt?: boolean;
}

export interface WindowedList {
  /** Whether all cards are drawn after all. */
  isWhole(): boolean;
  /** Few cards are left to draw for a reader who is on the way: nobody should wait at the end of what has come. */
  more(): void;
}

/** So few. */
const few = 50;

/**
 * Draws a list of cards in part, as high as the whole: what is left out becomes padding. The list is a grid whose drawn
 * items say their place by `aria-posinset`; whatever scrolls around it is noticed.
 */
export class WindowController implements ReactiveController {
  readonly #host: LitElement;
  readonly #list: WindowedList;
  readonly #measured = new Map<number, number>();
  #count = 0;
  #columns = 1;
  /** Of the first row that was measured. */
  #rowHeight: number | undefined;
  #drawn: DrawnWindow = {first: 0, end: 0, before: 0, after: 0};
  #held: number | undefined;
  #connection = new AbortController();
  #frame = 0;

  /** @param host its part `list` holds the cards */
  constructor(host: LitElement, list: WindowedList) {
    this.#host = host;
    this.#list = list;
    this.#measure();
    host.addController(this);
  }

  /** To be asked while drawing. */
  drawn(count: number): DrawnCards {
    const before = this.#drawn;
    this.#count = count;
    this.#drawn = this.#inSight();
    const {first, end} = this.#drawn;
    const isElsewhere = this.#held !== undefined && this.#held < count && (this.#held < first || this.#held >= end);
    return {first, end, held: isElsewhere ? this.#held : undefined, leapt: end <= before.first};
  }

  hostConnected(): void {
    this.#connection = new AbortController();
    const {signal} = this.#connection;
    // Any ancestor may be what scrolls; scrolling does not bubble, but it can be caught on its way down.
    document.addEventListener('scroll', this.#look, {signal, capture: true, passive: true});
    addEventListener('resize', this.#look, {signal, passive: true});
  }

  hostDisconnected(): void {
    this.#connection.abort();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  hostUpdated(): void {
    const list = this.#element;
    if (!list) return;
    const {first, end, before, after} = this.#drawn;
    list.style.setProperty('padding-block', `${before}px ${after}px`);
    const held = list.querySelector<HTMLElement>(':scope > .held');
    const row = Math.floor((this.#held ?? 0) / this.#columns);
    held?.style.setProperty('inset-block-start', `${rowTop(this.#geometry, row)}px`);
    // The cards draw themselves after this; in the next frame they are as high as they will be, and laid out.
    this.#look();
    if (first > 0 && this.#count - end < few) this.#list.more();
  }

  /** For the list's `focusin` and `focusout`. */
  readonly hold = (event: Event): void => {
    // What has the focus may stand in the page's own tree, where the item shows it through a slot.
    const item =
      event.type === 'focusin' &&
      event.composedPath().find(node => node instanceof Element && node.hasAttribute('aria-posinset'));
    this.#held = item instanceof Element ? Number(item.getAttribute('aria-posinset')) - 1 : undefined;
  };

  readonly #look = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#measure();
      if (!isSame(this.#inSight(), this.#drawn)) this.#host.requestUpdate();
    });
  };

  get #element(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('[part=list]');
  }

  get #geometry() {
    return {count: this.#count, columns: this.#columns, rowHeight: this.#rowHeight ?? 300, measured: this.#measured};
  }

  #inSight(): DrawnWindow {
    if (this.#list.isWhole()) return {first: 0, end: this.#count, before: 0, after: 0};
    const top = -(this.#element?.getBoundingClientRect().top ?? 0);
    return drawnWindow(this.#geometry, {top, height: innerHeight});
  }

  #measure(): void {
    const list = this.#element;
    if (!list) return;
    const {gridTemplateColumns, rowGap} = getComputedStyle(list);
    const columns = gridTemplateColumns.split(' ').length;
    if (columns !== this.#columns) {
      this.#measured.clear();
      this.#rowHeight = undefined;
    }
    this.#columns = columns;
    for (const item of list.querySelectorAll(':scope > [aria-posinset]:not(.held, .later)')) {
      const index = Number(item.getAttribute('aria-posinset')) - 1;
      if (index % columns !== 0) continue;
      const height = item.getBoundingClientRect().height + (Number.parseFloat(rowGap) || 0);
      // A list that is not shown has no heights.
      if (height <= 1) continue;
      const row = index / columns;
      if (this.#rowHeight === undefined) this.#rowHeight = height;
      // What is as high as the others need not be kept, however many rows were seen.
      if (height === this.#rowHeight) this.#measured.delete(row);
      else this.#measured.set(row, height);
    }
  }
}

function isSame(left: DrawnWindow, right: DrawnWindow): boolean {
  return (
    left.first === right.first && left.end === right.end && left.before === right.before && left.after === right.after
  );
}

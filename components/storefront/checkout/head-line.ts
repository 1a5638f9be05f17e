/** The host, as much of it as its head line needs. */
interface HeadedElement extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
}

/** The head line `#title` of an element, and what is said to those who cannot see it change. */
export class HeadLine {
  readonly #host: HeadedElement;
  #title: string | undefined;
  /** For a live region. */
  news = '';

  constructor(host: HeadedElement) {
    this.#host = host;
  }

  /** A new head line is news: it takes over a focus that lost its place, else it is said. */
  note(title: string): void {
    if (this.#title !== undefined && title !== this.#title) {
      const hadFocus = Boolean(this.#host.shadowRoot?.activeElement);
      this.news = hadFocus ? '' : title;
      if (hadFocus) this.focus();
    }
    this.#title = title;
  }

  /** Once the next update is drawn, and unless something in there has the focus then. */
  focus(): void {
    void this.#host.updateComplete.then(() => {
      const root = this.#host.shadowRoot;
      const active = root?.activeElement;
      if (!active || active.localName === 'dialog') root?.querySelector<HTMLElement>('#title')?.focus();
    });
  }
}

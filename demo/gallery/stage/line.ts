/** The line between the page and the shop server: it can be held, so that no answer comes, or cut, so that none can. */
export class Line {
  #state: 'open' | 'held' | 'cut' = 'open';
  #underway = 0;

  /** Whether answers come. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Requests that have no answer yet; held ones never get one. */
  get underway(): number {
    return this.#underway;
  }

  hold(): void {
    this.#state = 'held';
  }

  cut(): void {
    this.#state = 'cut';
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    if (this.#state === 'cut') throw new TypeError('The line is cut.');
    if (this.#state === 'held') return new Promise(() => {});
    this.#underway += 1;
    try {
      return await globalThis.fetch(input, init);
    } finally {
      this.#underway -= 1;
    }
  };
}

const {setInterval, clearInterval} = globalThis;

/** What is to run every second runs when a test says that seconds pass. */
export class HandRunSeconds {
  readonly #running = new Map<number, () => void>();
  #last = 0;

  constructor() {
    globalThis.setInterval = ((run: () => void, after: number) => {
      if (after !== 1000) return setInterval(run, after);
      this.#running.set(--this.#last, run);
      return this.#last;
    }) as typeof globalThis.setInterval;
    globalThis.clearInterval = id => {
      if (!this.#running.delete(Number(id))) clearInterval(id);
    };
  }

  /** How many things run. */
  get running(): number {
    return this.#running.size;
  }

  pass(seconds: number): void {
    for (let passed = 0; passed < seconds; passed++) for (const run of [...this.#running.values()]) run();
  }

  restore(): void {
    Object.assign(globalThis, {setInterval, clearInterval});
  }
}

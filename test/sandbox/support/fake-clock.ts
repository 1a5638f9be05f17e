import type {Clock} from '../../../src/sandbox/index.ts';

/** A clock that stands still until it is told to move. */
export class FakeClock implements Clock {
  #now: number;
  #tasks: {at: number; task: () => void}[] = [];

  constructor(now = Date.UTC(2026, 10, 23, 2, 20)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, task: () => void): () => void {
    const entry = {at: this.#now + milliseconds, task};
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter(kept => kept !== entry);
    };
  }

  /** Moves on and runs what falls due, in order of time; lets promises settle before and after each. */
  async advance(milliseconds: number): Promise<void> {
    await settle();
    const end = this.#now + milliseconds;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#tasks = this.#tasks.filter(kept => kept !== next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  get waiting(): number {
    return this.#tasks.length;
  }

  #due(end: number): {at: number; task: () => void} | undefined {
    return this.#tasks.filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything that is already resolved, body streams included, run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(resolve => setImmediate(resolve));
}

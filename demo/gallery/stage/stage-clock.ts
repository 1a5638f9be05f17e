import type {Clock} from '../../../src/server/clock.ts';

/** This machine's clock, until a state says that it is later. */
export class StageClock implements Clock {
  #ahead = 0;

  readonly now = (): number => Date.now() + this.#ahead;

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}

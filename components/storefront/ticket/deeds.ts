import type {KeystallError} from '../../../src/client/errors.ts';
import {asKeystallError} from '../../../src/store/as-keystall-error.ts';

/**
 * What a buyer does about a ticket, one thing at a time. What is said has a key, kept for the same words until they have
 * arrived: pressed again after a lost answer, they are not said twice.
 */
export class Deeds {
  readonly #changed: () => void;
  #said: {readonly key: string; readonly content: string} | undefined;
  #busy = false;
  /** Why the last one came to nothing. */
  error: KeystallError | undefined;

  /** @param changed called when one begins and when it is over */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** The key of these words; a new one for others. */
  keyFor(content: string, newKey: () => string): string {
    if (this.#said?.content !== content) this.#said = {key: newKey(), content};
    return this.#said.key;
  }

  /** @param signal with it the deed is nobody's any more, and its failure is not told */
  async run(deed: () => Promise<void>, signal: AbortSignal): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.error = undefined;
    this.#changed();
    try {
      await deed();
      if (!this.error) this.#said = undefined;
    } catch (error) {
      if (!signal.aborted) this.error = asKeystallError(error);
    }
    this.#busy = false;
    this.#changed();
  }

  /** Another order: nothing of what was said holds. */
  forget(): void {
    this.#said = this.error = undefined;
  }
}

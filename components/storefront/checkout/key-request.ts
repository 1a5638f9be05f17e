import {codeMissingError} from '../../../src/store/code-missing.ts';
import type {RevealKey} from '../../../src/store/shop.ts';

/**
 * What the keys of an order are sealed to. Asked for while the form is filled in, so that nobody waits for the shop's frame
 * when they pay.
 */
export class KeyRequest {
  readonly #place: () => ShadowRoot;
  #asked: {readonly address: string; readonly key: Promise<RevealKey>} | undefined;

  constructor(place: () => ShadowRoot) {
    this.#place = place;
  }

  /** Asks ahead. What goes wrong is told to whoever asks next. */
  prepare(address: string): void {
    this.ask(address).catch(() => {});
  }

  /** @throws {KeystallError} `code_missing` when the frame cannot be loaded, or can make no key */
  ask(address: string): Promise<RevealKey> {
    if (this.#asked?.address === address) return this.#asked.key;
    const key = this.#load(address);
    this.#asked = {address, key};
    key.catch(() => (this.#asked = undefined));
    return key;
  }

  async #load(address: string): Promise<RevealKey> {
    try {
      const {askForKey} = await import('../key-reveal/key-frame/ask-for-key.ts');
      return await askForKey(address, this.#place());
    } catch (cause) {
      throw codeMissingError(cause);
    }
  }
}

/**
 * Somebody wants something: the page hears of it first and may prevent it. What it comes to otherwise can be waited
 * for, for instance to show a spinner of one's own.
 */
export abstract class RequestEvent extends Event {
  /**
   * Resolves when what was asked for is done, rejects with the reason when it fails, and with an `AbortError` when the
   * page prevented it. Nobody has to handle it.
   */
  readonly promise: Promise<void>;
  #settle!: (outcome: Promise<void>) => void;

  constructor(type: string) {
    super(type, {bubbles: true, composed: true, cancelable: true});
    this.promise = new Promise(resolve => (this.#settle = resolve));
    this.promise.catch(() => {});
  }

  /** Asks the page at `target`, and acts unless it says no; then the answer is undefined. */
  static ask<T>(target: EventTarget, event: RequestEvent, act: () => Promise<T>): Promise<T> | undefined {
    const outcome = target.dispatchEvent(event) ? act() : undefined;
    event.#settle((outcome ?? Promise.reject(new DOMException('The page prevented it.', 'AbortError'))).then(() => {}));
    return outcome;
  }
}

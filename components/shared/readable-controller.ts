import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Readable} from '../../src/store/readable.ts';
import type {Loaded} from '../../src/store/shop.ts';

/**
 * Renders its host again whenever a readable changes. Listens only while the host is connected, because work behind a
 * readable runs while somebody listens.
 */
export class ReadableController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #readable: Readable<T> | undefined;
  #stop: (() => void) | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Follows `readable` from now on, and no other. Call it as often as you like, in `willUpdate` for example. */
  follow(readable: Readable<T> | undefined): void {
    if (readable === this.#readable) return;
    this.#stop?.();
    this.#readable = readable;
    this.#listen();
    this.#host.requestUpdate();
  }

  get value(): T | undefined {
    return this.#readable?.value;
  }

  hostConnected(): void {
    this.#connected = true;
    this.#listen();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop?.();
    this.#stop = undefined;
  }

  #listen(): void {
    this.#stop = this.#connected ? this.#readable?.subscribe(() => this.#host.requestUpdate()) : undefined;
  }
}

/** What is known of something, be it that it could not be refreshed. */
export function dataOf<T>(loaded: Loaded<T> | undefined): T | undefined {
  return loaded && 'data' in loaded ? loaded.data : undefined;
}

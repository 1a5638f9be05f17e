import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Renders its host once a second while time to a moment is left. */
export class Countdown implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #until: string | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whole seconds to `until`, an RFC 3339 moment; 0 once it is over. */
  get left(): number {
    return this.#until ? Math.max(0, Math.ceil((Date.parse(this.#until) - Date.now()) / 1000)) : 0;
  }

  /** Counts down to `until` from now on, or not at all. Call it as often as you like. */
  follow(until: string | undefined): void {
    this.#until = until;
    if (this.left === 0) this.hostDisconnected();
    else this.#timer ??= setInterval(() => this.#host.requestUpdate(), 1000);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** Minutes and seconds, as on a clock: `9:05`. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

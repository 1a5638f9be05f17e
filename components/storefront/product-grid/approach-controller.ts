import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Tells when a reader comes near an element, while its host is connected. */
export class ApproachController implements ReactiveController {
  readonly #onApproach: () => void;
  #observer: IntersectionObserver | undefined;
  #target: Element | undefined;

  constructor(host: ReactiveControllerHost, onApproach: () => void) {
    this.#onApproach = onApproach;
    host.addController(this);
  }

  /** Watches this element and no other. Told again about the same one, it looks again. */
  watch(target: Element | null): void {
    if (this.#target) this.#observer?.unobserve(this.#target);
    this.#target = target ?? undefined;
    if (target) this.#observer?.observe(target);
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver(
      entries => {
        if (entries.at(-1)?.isIntersecting) this.#onApproach();
      },
      // About one screen of a phone ahead.
      {rootMargin: '600px 0px'},
    );
    if (this.#target) this.#observer.observe(this.#target);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }
}

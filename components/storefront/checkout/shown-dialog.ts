import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {giveWay} from '../../shared/give-way.ts';

/**
 * Shows its host while somebody wants to see it: its dialog, where it has one, anew wherever the host is moved to; else
 * its place in the page, once.
 */
export class ShownDialog implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #foundInPage: () => void;
  #isWanted = false;
  /** It has yet to be shown. Once it was, it is the browser's to close. */
  #isDue = false;

  /** @param foundInPage called when the reader was led to the host's place in the page, where it is no dialog */
  constructor(host: ReactiveControllerHost & HTMLElement, foundInPage: () => void) {
    this.#host = host;
    this.#foundInPage = foundInPage;
    host.addController(this);
  }

  get isWanted(): boolean {
    return this.#isWanted;
  }

  get element(): HTMLDialogElement | null | undefined {
    return this.#host.shadowRoot?.querySelector('dialog');
  }

  show(): void {
    this.#isWanted = this.#isDue = true;
    this.#host.requestUpdate();
  }

  /** Whether the page lies open beneath it for a while. */
  giveWay(isAside: boolean): void {
    const {element} = this;
    if (element?.open && this.#host.isConnected) giveWay(element, isAside, this.#host.shadowRoot?.activeElement);
  }

  /** The buyer, or somebody else, closed it. */
  forget(): void {
    this.#isWanted = false;
  }

  hostConnected(): void {
    this.#isDue = this.#isWanted;
  }

  hostUpdated(): void {
    if (!this.#isDue || !this.#host.isConnected) return;
    this.#isDue = false;
    const {element} = this;
    if (element) {
      if (!element.open) element.showModal();
      return;
    }
    this.#isWanted = false;
    this.#host.scrollIntoView({block: 'nearest'});
    this.#foundInPage();
  }

  hostDisconnected(): void {
    const {element} = this;
    // Closed a moment ago: the event that says so is still on its way.
    if (element && !element.open && !this.#isDue) this.#isWanted = false;
    // No dialog outside the page is modal: where the host comes back, it is shown anew.
    element?.removeAttribute('open');
  }
}

import {html, LitElement, type PropertyValues, type TemplateResult} from 'lit';
import {baseStyles} from '../base.styles.ts';
import {minusIcon} from '../control-icons.ts';
import {plusIcon} from '../icons.ts';
import {ShopController} from '../shop-controller.ts';
import {quantityStepperStyles} from './quantity-stepper.styles.ts';
import type {QuantityStepperWords} from './quantity-stepper.zh-cn.ts';

/** A person chose another number of pieces. */
export class KsQuantityChangeEvent extends Event {
  readonly quantity: number;

  constructor(quantity: number) {
    super('ks-quantity-change', {bubbles: true, composed: true});
    this.quantity = quantity;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-quantity-change': KsQuantityChangeEvent;
  }
  interface HTMLElementTagNameMap {
    'ks-quantity-stepper': KsQuantityStepper;
  }
}

/**
 * A whole number of pieces, by buttons or by typing. It asks only: `value` is what its user sets, who may refuse.
 *
 * @summary Part of the card and the cart; not meant to be used alone.
 * @tagname ks-quantity-stepper
 * @event {KsQuantityChangeEvent} ks-quantity-change - A person chose another number of pieces.
 */
export class KsQuantityStepper extends LitElement {
  static override styles = [baseStyles, quantityStepperStyles];
  static override shadowRootOptions = {...LitElement.shadowRootOptions, delegatesFocus: true};
  static override properties = {
    value: {type: Number},
    min: {type: Number},
    max: {type: Number},
    label: {},
    words: {attribute: false},
  };

  /** Pieces now. */
  declare value: number;
  declare min: number;
  declare max: number;
  /** What there are so many pieces of, for those who do not see it. */
  declare label: string;
  declare words: QuantityStepperWords;

  constructor() {
    super();
    this.value = 1;
    this.min = 1;
    this.max = Number.MAX_SAFE_INTEGER;
    this.label = '';
    new ShopController(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value')) this.renderRoot.querySelector('input')!.value = String(this.value);
  }

  protected override render(): TemplateResult {
    const {quantity, less, more} = this.words;
    return html`<div class="stepper" role="group" aria-label=${this.label ? `${this.label}, ${quantity}` : quantity}>
      <button
        type="button"
        aria-label=${less}
        aria-disabled=${this.value <= this.min}
        @click=${() => this.#choose(this.value - 1)}
      >
        ${minusIcon}
      </button>
      <input
        type="number"
        inputmode="numeric"
        aria-label=${quantity}
        min=${this.min}
        max=${this.max}
        step="1"
        @change=${this.#typed}
      />
      <button
        type="button"
        aria-label=${more}
        aria-disabled=${this.value >= this.max}
        @click=${() => this.#choose(this.value + 1)}
      >
        ${plusIcon}
      </button>
    </div>`;
  }

  #typed(event: Event): void {
    const input = event.target as HTMLInputElement;
    const typed = Math.round(input.valueAsNumber);
    this.#choose(Number.isNaN(typed) ? this.value : typed);
    // Until whoever uses this says otherwise, it is as it was.
    input.value = String(this.value);
  }

  #choose(quantity: number): void {
    const within = Math.min(this.max, Math.max(this.min, quantity));
    if (within !== this.value) this.dispatchEvent(new KsQuantityChangeEvent(within));
  }
}

import {html, nothing, type TemplateResult} from 'lit';
import {baseStyles} from '../shared/base.styles.ts';
import {defineElement} from '../shared/define-element.ts';
import {alertIcon} from '../shared/icons.ts';
import {ShopController} from '../shared/shop-controller.ts';
import {WordedElement} from '../shared/words/worded-element.ts';
import {purchaseWords, type PurchaseWords} from '../storefront/languages/word-packs.ts';
import {KsOrderLookup} from '../storefront/order-lookup/order-lookup.ts';
import {otherWaysStyles} from './other-ways.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-other-ways': KsOtherWays;
  }
}

/** The form itself: around it is the frame already. */
class FramedOrderLookup extends KsOrderLookup {
  protected override readonly isInFrame = true;
}

/** How else a buyer gets at keys that this browser cannot open: by the shop's own window, or by looking the order up. */
export class KsOtherWays extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, otherWaysStyles];
  static override properties = {why: {attribute: false}, window: {attribute: false}};

  /** `locked`: the order is bound to another browser's key. `used`: a link was. */
  declare why: 'locked' | 'used' | undefined;
  /** Address of the shop's own window for this order. */
  declare window: string | undefined;

  protected override readonly pack = purchaseWords;

  constructor() {
    super();
    // Its theme is that of the page around.
    new ShopController(this);
    // The order itself is the page's to show.
    defineElement('ks-order-lookup', FramedOrderLookup);
  }

  /** Drawn is what stands in it, too. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isDone = await super.getUpdateComplete();
    await this.renderRoot.querySelector('ks-order-lookup')?.updateComplete;
    return isDone;
  }

  protected override render(): TemplateResult {
    const words = this.words['key-reveal'];
    return html`<div class="stack">
      ${
        this.why === 'used'
          ? html`<p class="notice warning" role="alert">${alertIcon}<span>${words.linkUsed}</span></p>`
          : nothing
      }
      ${
        this.window === undefined
          ? nothing
          : html`<p class="hint">${words.justPaid}</p>
              <a class="button primary wide" target="_blank" rel="noopener" href=${this.window}>${words.openWindow}</a>`
      }
      <ks-order-lookup></ks-order-lookup>
    </div>`;
  }
}

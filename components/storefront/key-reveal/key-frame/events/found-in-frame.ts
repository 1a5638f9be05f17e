import type {KnownOrder} from '../../../../../src/store/shop.ts';

/** An order was looked up in the shop's frame. The token opens it; the keys it does not where they are sealed. */
export class FoundInFrameEvent extends Event {
  readonly order: KnownOrder;
  readonly token: string;

  constructor(order: KnownOrder, token: string) {
    super('ks-found-in-frame');
    this.order = order;
    this.token = token;
  }
}

import {html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {OrderDelivery} from '../../../src/contract/delivery.ts';
import type {Order, OrderLine, OrderMoment} from '../../../src/contract/order.ts';
import {isChosenCard} from '../../../src/domain/chosen-card.ts';
import {isPositive} from '../../../src/domain/money.ts';
import {codeMissingError} from '../../../src/store/code-missing.ts';
import type {KnownOrder, Loaded, OrderView} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {incompleteNotice} from '../../shared/incomplete-notice.ts';
import {KsTicketRequestEvent} from '../../shared/events/ks-ticket-request.ts';
import {failureBlank, failureText, noShop} from '../../shared/failure.ts';
import {choicesHint, formatDate, formatMoney} from '../../shared/format.ts';
import {alertIcon, boxIcon, emptyIcon} from '../../shared/icons.ts';
import {monoStyles} from '../../shared/mono.styles.ts';
import {dataOf, ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {WordedElement} from '../../shared/words/worded-element.ts';
import {KsOrderPaidEvent} from '../checkout/events/ks-order-paid.ts';
import {copyText} from '../key-reveal/copy-text.ts';
import {purchaseWords, type PurchaseWords} from '../languages/word-packs.ts';
import {openTicket} from '../open-ticket.ts';
import {deadlineOf} from './deadline-of.ts';
import {deliveryLooks, headlineLooks, headlineOf, isUnpaid, lineLooks, stepsDone} from './order-status.ts';
import {orderStyles} from './order.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-order': KsOrder;
  }
}

/**
 * One order as it stands now, told in the buyer's words, and its keys as soon as there are some. Follows the order for
 * as long as it is in the page.
 *
 * @summary Live status of an order, its payment while it awaits one, and its keys.
 * @tagname ks-order
 * @attr {string} order-id - Which order; the newest one placed on this device if absent.
 * @event {KsPayRequestEvent} ks-pay-request - Somebody pressed the button that pays. Cancelable.
 * @event {KsPaymentElementRequestEvent} ks-payment-element-request - A payment is to be made in an element of its provider. Cancelable.
 * @event {KsRedirectRequestEvent} ks-redirect-request - The page is about to be left for the payment. Cancelable.
 * @event {KsOrderPaidEvent} ks-order-paid - The shop server confirmed the payment that was awaited here.
 * @event {KsTicketRequestEvent} ks-ticket-request - Somebody wants to report a problem. Cancelable.
 * @slot payment-element - The element of a payment provider, put there while it is needed; or its place, if you give one.
 * @csspart status - The headline and what it means
 * @csspart steps - The way from order to done
 * @csspart payment - Where an order that awaits its payment is paid
 * @csspart method - One way to pay
 * @csspart pay - The button or link that pays
 * @csspart qr - The QR code
 * @csspart transfer - What a buyer types into their bank's form
 * @csspart ticket - Number, goods and total
 * @csspart line - One good
 * @csspart coupon - The code that was used and what it took off
 * @csspart timeline - What happened, and when
 * @csspart report - The button that reports a problem
 * @csspart delivery - Where the order was sent to besides this page
 * @csspart keys - The `ks-key-reveal` within
 * @csspart error - What went wrong
 */
export class KsOrder extends WordedElement<PurchaseWords> {
  static override styles = [...baseStyles, monoStyles, orderStyles];
  static override properties = {
    orderId: {attribute: 'order-id'},
    token: {attribute: false},
  };

  declare orderId: string | undefined;
  /** Opens an order that this device does not know. */
  declare token: string | undefined;

  readonly #shop = new ShopController(this);
  readonly #known = new ReadableController<Loaded<readonly KnownOrder[]>>(this);
  readonly #view = new ReadableController<OrderView>(this);
  protected override readonly pack = purchaseWords;
  #shownId: string | undefined;
  #copied: 'copied' | 'copyFailed' | undefined;
  /** What was told last; only what differs from it is news. */
  #told: string | undefined;
  #news = '';
  /** The code that takes payments: on its way, there, or not to be had. */
  #paying: 'loading' | 'loaded' | 'lacking' | undefined;
  /** The order that was seen to await its payment. */
  #awaited: string | undefined;

  protected override follow(): void {
    const orders = this.#shop.shop?.orders;
    this.#known.follow(this.orderId ? undefined : orders?.known);
    const id = this.orderId || dataOf(this.#known.value)?.[0]?.id;
    if (id !== this.#shownId) this.#copied = undefined;
    this.#shownId = id;
    this.#view.follow(id ? orders?.watch(id, this.token) : undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('orderId')) this.#told = undefined;
    this.#findNews();
  }

  protected override updated(): void {
    const view = this.#view.value;
    if (view?.status !== 'ready') return;
    const {order} = view;
    if (order.state === 'pending_payment') {
      this.#awaited = order.id;
      this.#loadPaying();
    } else if (this.#awaited === order.id && !isUnpaid(order)) {
      this.#awaited = undefined;
      if (!this.#isToldElsewhere(order)) this.dispatchEvent(new KsOrderPaidEvent(order));
    }
  }

  protected override render(): TemplateResult {
    return html`${this.#content()}<span class="visually-hidden" role="status">${this.#news}</span>`;
  }

  #content(): TemplateResult {
    const view = this.#view.value;
    if (this.#shop.missing) return noShop(this.words);
    if (!view) return this.#unnamed();
    switch (view.status) {
      case 'loading':
        return this.#skeleton();
      case 'locked':
        return this.#blank('locked');
      case 'failed':
        // The token at hand does not open it: trying again would not, either.
        if (view.error.code.startsWith('order_token_')) return this.#blank('locked');
        return failureBlank(view.error, this.words, () => view.retry());
      case 'ready':
        return this.#order(view.order, view.connection);
    }
  }

  /** There is no order to follow, or it is not known yet which. */
  #unnamed(): TemplateResult {
    const known = this.#known.value;
    if (known?.status === 'failed') return failureBlank(known.error, this.words, () => known.retry());
    return known?.status === 'ready' ? this.#blank('none') : this.#skeleton();
  }

  #order(order: Order, connection: Extract<OrderView, {status: 'ready'}>['connection']): TemplateResult {
    const words = this.words.order;
    const headline = headlineOf(order);
    const [tone, icon] = headlineLooks[headline];
    const isPayable = order.state === 'pending_payment' && this.#paying === 'loaded';
    // Until when it may be paid stands where it is paid.
    const hint = isPayable ? undefined : this.#hint(order);
    const goingBack = goingBackOf(order);
    return html`<article class="stack" aria-labelledby="headline">
      <div class="head" part="status">
        <span class="badge ${tone}">${icon}</span>
        <h2 id="headline">${words[headline]}</h2>
        ${hint ? html`<p>${hint}</p>` : nothing}
      </div>
      ${this.#steps(order)}
      ${
        isPayable
          ? html`<ks-order-payment
              part="payment"
              exportparts="method, pay, qr, transfer, error"
              order-id=${order.id}
              .token=${this.token}
              ><slot name="payment-element" slot="payment-element"></slot
            ></ks-order-payment>`
          : nothing
      }
      ${
        order.state === 'pending_payment' && this.#paying === 'lacking'
          ? incompleteNotice(this.words.failure.incomplete, this.words)
          : nothing
      }
      ${
        order.keysReady > 0
          ? html`<ks-key-reveal
              part="keys"
              order-id=${order.id}
              order-number=${order.number}
              count=${order.keysReady}
              ?sealed=${order.sealed === true}
              .token=${this.token}
              @ks-ticket-request=${this.#keysReported}
            ></ks-key-reveal>`
          : nothing
      }
      ${order.deliveries?.map(delivery => this.#delivery(delivery)) ?? nothing}
      <div class="panel" part="ticket">
        <div class="row reference">
          <span><span class="hint">${words.number}</span> <bdi class="mono" translate="no">${order.number}</bdi></span>
          <button type="button" class="button quiet" @click=${() => void this.#copy(order.number)}>
            ${words[this.#copied ?? 'copy']}
          </button>
        </div>
        <ul class="stack lines">
          ${order.lines.map(line => this.#line(line, order))}
        </ul>
        ${
          order.coupon
            ? html`<div class="row coupon" part="coupon">
                <span>${words.coupon(order.coupon.code)}</span>
                <bdi class="price success">${`−${formatMoney(order.coupon.saves, this.words.lang)}`}</bdi>
              </div>`
            : nothing
        }
        <div class="row sum">
          <span>${words.total}</span>
          <span class="price">${formatMoney(order.total, this.words.lang)}</span>
        </div>
        ${
          isPositive(order.refundDue)
            ? html`<div class="row warning">
                  <span>${words.due}</span>
                  <strong class="price">${formatMoney(order.refundDue, this.words.lang)}</strong>
                </div>
                ${goingBack ? html`<p class="hint">${words[`back_${goingBack}`]}</p>` : nothing}`
            : nothing
        }
        ${
          order.refunded
            ? html`<div class="row">
                <span>${words.refundedSum}</span>
                <strong class="price">${formatMoney(order.refunded, this.words.lang)}</strong>
              </div>`
            : nothing
        }
        ${this.#timeline(order.timeline)}
      </div>
      <button type="button" class="button wide" part="report" @click=${() => this.#report(order.id)}>
        ${alertIcon}${words.report}
      </button>
      <p class="row foot hint">
        <span>${words.placedAt(formatDate(order.createdAt, this.words.lang))}</span>
        ${
          connection === 'settled'
            ? nothing
            : html`<span class="live with-icon ${connection === 'live' ? 'on' : ''}">${words[connection]}</span>`
        }
      </p>
    </article>`;
  }

  #hint(order: Order): string | undefined {
    const words = this.words.order;
    const headline = headlineOf(order);
    switch (headline) {
      case 'pending_payment':
        return words.pending_paymentHint(deadlineOf(order.expiresAt, this.words.lang));
      case 'refund_pending':
        return words.refund_pendingHint(formatMoney(order.refundDue, this.words.lang));
      case 'paid':
        return words.fulfillingHint;
      case 'partially_refunded':
        return words.refundedHint;
      case 'delivered':
      case 'completed':
        return undefined;
      default:
        return words[`${headline}Hint` as const];
    }
  }

  #steps(order: Order): TemplateResult | typeof nothing {
    const done = stepsDone(order);
    if (done === undefined) return nothing;
    const words = this.words.order;
    return html`<ol class="steps" part="steps" aria-label=${words.progress}>
      ${(['stepOrder', 'stepPay', 'stepDeliver', 'stepDone'] as const).map(
        (step, index) =>
          html`<li class=${index < done ? 'done' : ''} aria-current=${index === done ? 'step' : nothing}>
            ${words[step]}
          </li>`,
      )}
    </ol>`;
  }

  #delivery({to, state}: OrderDelivery): TemplateResult {
    const [tone, icon] = deliveryLooks[state];
    return html`<p class="with-icon ${tone}" part="delivery">
      ${icon}<span>${this.words.order[`message_${state}` as const](to)}</span>
    </p>`;
  }

  #timeline(moments: readonly OrderMoment[]): TemplateResult | typeof nothing {
    const words = this.words.order;
    const {lang} = this.words;
    if (moments.length === 0) return nothing;
    const what = ({what: kind, pieces = 0, amount}: OrderMoment): string => {
      if (kind === 'delivered') return words.at_delivered(pieces);
      return kind === 'refunded' ? words.at_refunded(amount ? formatMoney(amount, lang) : '') : words[`at_${kind}`];
    };
    return html`<details part="timeline">
      <summary>${words.timeline}</summary>
      <ol class="stack timeline">
        ${moments.map(
          moment =>
            html`<li>
              <span>${what(moment)}</span>
              <time class="hint number" datetime=${moment.at}
                >${formatDate(moment.at, lang, {dateStyle: 'short', timeStyle: 'medium'})}</time
              >
            </li>`,
        )}
      </ol>
    </details>`;
  }

  #line({skuId, title, choices, quantity, total, delivered, failed, status}: OrderLine, order: Order): TemplateResult {
    const words = this.words.order;
    const [tone, icon] = lineLooks[status];
    return html`<li part="line">
      <span>${title} <span class="muted number">×&nbsp;${quantity}</span></span>
      <span class="price">${formatMoney(total, this.words.lang)}</span>
      ${choicesHint(choices)}
      <span class="with-icon ${tone}"
        >${icon}${
          status === 'partially_delivered'
            ? words.line_partially_delivered(delivered, quantity)
            : words[isUnpaid(order) ? 'line_unpaid' : (`line_${status}` as const)]
        }</span
      >
      ${status === 'failed' && isChosenCard(skuId) ? html`<span class="hint">${words.cardGone}</span>` : nothing}
      ${
        failed > 0 && status !== 'failed'
          ? html`<span class="with-icon danger">${lineLooks.failed[1]}${words.failedPieces(failed)}</span>`
          : nothing
      }
    </li>`;
  }

  #blank(what: 'none' | 'locked'): TemplateResult {
    return html`<div class="blank">
      ${what === 'none' ? boxIcon : emptyIcon}
      <strong>${this.words.order[what]}</strong>
      ${what === 'locked' ? html`<p>${this.words.order.lockedHint}</p>` : nothing}
    </div>`;
  }

  #skeleton(): TemplateResult {
    return html`<div class="stack" aria-busy="true">
      <span class="visually-hidden">${this.words.order.loading}</span>
      <div class="skeleton"></div>
      <div class="skeleton tall"></div>
    </div>`;
  }

  #loadPaying(): void {
    if (this.#paying) return;
    const become = (paying: 'loaded' | 'lacking'): void => {
      this.#paying = paying;
      this.requestUpdate();
    };
    this.#paying = 'loading';
    import('./order-payment/define.ts').then(
      () => become('loaded'),
      () => become('lacking'),
    );
  }

  /** A checkout in this page follows the same order. */
  #isToldElsewhere({id}: Order): boolean {
    const {scope} = this.#shop;
    const state = scope?.shop.checkout.value;
    return scope?.ui.provides('checkout') === true && state !== undefined && 'order' in state && state.order.id === id;
  }

  /** A live region that speaks of changes only: what a reader finds when the order appears is read anyway. */
  #findNews(): void {
    const view = this.#view.value;
    if (view?.status !== 'ready') return;
    const {order, connection} = view;
    const words = this.words.order;
    const keys = order.keysReady > 0 ? words.keysReady(order.keysReady) : '';
    const messages = order.deliveries?.map(({to, state}) => words[`message_${state}` as const](to)) ?? [];
    const told = [words[headlineOf(order)], keys, ...messages, connection === 'offline' ? words.offline : ''].join(' ');
    if (this.#told !== undefined && told !== this.#told) this.#news = told;
    this.#told = told;
  }

  #report(orderId: string): void {
    if (this.dispatchEvent(new KsTicketRequestEvent(orderId, []))) this.#openTicket(orderId, []);
  }

  /** The page may say no: it hears of the event after this. */
  readonly #keysReported = (event: KsTicketRequestEvent): void => {
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.#openTicket(event.orderId, event.keyIds);
    });
  };

  #openTicket(orderId: string, keyIds: readonly string[]): void {
    const {scope} = this.#shop;
    if (!scope) return;
    openTicket(scope, {orderId, keyIds, token: this.token}).catch((error: unknown) => {
      this.#news = failureText(codeMissingError(error), this.words);
      this.requestUpdate();
    });
  }

  async #copy(number: string): Promise<void> {
    this.#copied = (await copyText(number, this.renderRoot as ShadowRoot)) ? 'copied' : 'copyFailed';
    this.#news = this.words.order[this.#copied];
    this.requestUpdate();
  }
}

/** How that stands which has not gone back yet: the one that takes longest, where there are several. */
function goingBackOf({refunds = []}: Order): 'needs_help' | 'under_way' | 'asked' | undefined {
  return (['needs_help', 'under_way', 'asked'] as const).find(state => refunds.some(refund => refund.state === state));
}

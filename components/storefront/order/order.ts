import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import type {Order, OrderLine} from '../../../src/contract/order.ts';
import {isPositive} from '../../../src/domain/money.ts';
import type {KnownOrder, OrderView} from '../../../src/store/shop.ts';
import {baseStyles} from '../../shared/base.styles.ts';
import {failureMessages} from '../../shared/failure.messages.ts';
import {failureBlank} from '../../shared/failure.ts';
import {formatDate, formatMoney} from '../../shared/format.ts';
import {boxIcon, emptyIcon} from '../../shared/icons.ts';
import {Localize} from '../../shared/localize.ts';
import {ReadableController} from '../../shared/readable-controller.ts';
import {ShopController} from '../../shared/shop-controller.ts';
import {copyText} from '../key-reveal/copy-text.ts';
import {headlineLooks, headlineOf, lineLooks, stepsDone} from './order-status.ts';
import {orderMessages} from './order.messages.ts';
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
 * @summary Live status of an order, with its keys.
 * @tagname ks-order
 * @attr {string} order-id - Which order; the newest one placed on this device if absent.
 * @csspart status - The headline and what it means
 * @csspart steps - The way from order to done
 * @csspart ticket - Number, goods and total
 * @csspart line - One good
 * @csspart keys - The `ks-key-reveal` within
 * @csspart error - What is shown if the order cannot be loaded
 */
export class KsOrder extends LitElement {
  static override styles = [...baseStyles, orderStyles];
  static override properties = {
    orderId: {attribute: 'order-id'},
    token: {attribute: false},
  };

  declare orderId: string | undefined;
  /** Opens an order that this device does not know. */
  declare token: string | undefined;

  readonly #shop = new ShopController(this);
  readonly #known = new ReadableController<readonly KnownOrder[]>(this);
  readonly #view = new ReadableController<OrderView>(this);
  readonly #words = new Localize(this, orderMessages);
  readonly #failureWords = new Localize(this, failureMessages);
  #copied: 'copied' | 'copyFailed' | undefined;
  /** What was told last; only what differs from it is news. */
  #told: string | undefined;
  #news = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    const orders = this.#shop.shop?.orders;
    this.#known.follow(this.orderId ? undefined : orders?.known);
    const id = this.orderId || this.#known.value?.[0]?.id;
    this.#view.follow(id ? orders?.watch(id, this.token) : undefined);
    if (changed.has('orderId')) this.#told = this.#copied = undefined;
    this.#findNews();
  }

  protected override render(): TemplateResult {
    return html`${this.#content()}<span class="visually-hidden" role="status">${this.#news}</span>`;
  }

  #content(): TemplateResult {
    const view = this.#view.value;
    if (!view) return this.#shop.shop && !this.orderId ? this.#blank('none') : this.#skeleton();
    switch (view.status) {
      case 'loading':
        return this.#skeleton();
      case 'locked':
        return this.#blank('locked');
      case 'failed':
        return failureBlank(view.error, this.#failureWords, () => view.retry());
      case 'ready':
        return this.#order(view.order, view.connection);
    }
  }

  #order(order: Order, connection: Extract<OrderView, {status: 'ready'}>['connection']): TemplateResult {
    const words = this.#words;
    const headline = headlineOf(order);
    const [tone, icon] = headlineLooks[headline];
    const hint = this.#hint(order);
    return html`<article class="order" aria-labelledby="headline">
      <div class="head" part="status">
        <span class="badge ${tone}">${icon}</span>
        <h2 id="headline">${words.term(headline)}</h2>
        ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      </div>
      ${this.#steps(order)}
      ${
        order.keysReady > 0
          ? html`<ks-key-reveal
              part="keys"
              order-id=${order.id}
              count=${order.keysReady}
              .token=${this.token}
            ></ks-key-reveal>`
          : nothing
      }
      <div class="ticket" part="ticket">
        <div class="row reference">
          <span
            ><span class="hint">${words.term('number')}</span>
            <bdi class="mono" translate="no">${order.number}</bdi></span
          >
          <button type="button" class="button quiet" @click=${() => void this.#copy(order.number)}>
            ${words.term(this.#copied ?? 'copy')}
          </button>
        </div>
        <ul class="lines">
          ${order.lines.map(line => this.#line(line))}
        </ul>
        <div class="row sum">
          <span>${words.term('total')}</span>
          <span class="price">${formatMoney(order.total, words.lang)}</span>
        </div>
        ${
          isPositive(order.refundDue)
            ? html`<div class="row warning">
                <span>${words.term('due')}</span>
                <strong class="price">${formatMoney(order.refundDue, words.lang)}</strong>
              </div>`
            : nothing
        }
      </div>
      <p class="foot hint">
        <span>${words.term('placedAt', formatDate(order.createdAt, words.lang))}</span>
        ${
          connection === 'settled'
            ? nothing
            : html`<span class="live with-icon ${connection === 'live' ? 'on' : ''}">${words.term(connection)}</span>`
        }
      </p>
    </article>`;
  }

  #hint(order: Order): string | undefined {
    const words = this.#words;
    const headline = headlineOf(order);
    switch (headline) {
      case 'pending_payment':
        return words.term('pending_paymentHint', formatDate(order.expiresAt, words.lang, {timeStyle: 'short'}));
      case 'refund_pending':
        return words.term('refund_pendingHint', formatMoney(order.refundDue, words.lang));
      case 'paid':
        return words.term('fulfillingHint');
      case 'partially_refunded':
        return words.term('refundedHint');
      case 'delivered':
      case 'completed':
        return undefined;
      default:
        return words.term(`${headline}Hint`);
    }
  }

  #steps(order: Order): TemplateResult | typeof nothing {
    const done = stepsDone(order);
    if (done === undefined) return nothing;
    return html`<ol class="steps" part="steps" aria-label=${this.#words.term('progress')}>
      ${(['stepOrder', 'stepPay', 'stepDeliver', 'stepDone'] as const).map(
        (step, index) =>
          html`<li class=${index < done ? 'done' : ''} aria-current=${index === done ? 'step' : nothing}>
            ${this.#words.term(step)}
          </li>`,
      )}
    </ol>`;
  }

  #line({title, choices, quantity, total, delivered, failed, status}: OrderLine): TemplateResult {
    const words = this.#words;
    const [tone, icon] = lineLooks[status];
    const chosen = Object.values(choices).join(' · ');
    return html`<li part="line">
      <span class="title">${title} <span class="muted number">×&nbsp;${quantity}</span></span>
      <span class="price">${formatMoney(total, words.lang)}</span>
      ${chosen ? html`<span class="hint">${chosen}</span>` : nothing}
      <span class="with-icon ${tone}"
        >${icon}${
          status === 'partially_delivered'
            ? words.term('line_partially_delivered', delivered, quantity)
            : words.term(`line_${status}`)
        }</span
      >
      ${
        failed > 0 && status !== 'failed'
          ? html`<span class="with-icon danger">${lineLooks.failed[1]}${words.term('failedPieces', failed)}</span>`
          : nothing
      }
    </li>`;
  }

  #blank(what: 'none' | 'locked'): TemplateResult {
    return html`<div class="blank">
      ${what === 'none' ? boxIcon : emptyIcon}
      <strong>${this.#words.term(what)}</strong>
      ${what === 'locked' ? html`<p>${this.#words.term('lockedHint')}</p>` : nothing}
    </div>`;
  }

  #skeleton(): TemplateResult {
    return html`<div class="order" aria-busy="true">
      <span class="visually-hidden">${this.#words.term('loading')}</span>
      <div class="skeleton short"></div>
      <div class="skeleton tall"></div>
    </div>`;
  }

  /** A live region that speaks of changes only: what a reader finds when the order appears is read anyway. */
  #findNews(): void {
    const view = this.#view.value;
    if (view?.status !== 'ready') return;
    const {order, connection} = view;
    const keys = order.keysReady > 0 ? this.#words.term('keysReady', order.keysReady) : '';
    const told = [
      this.#words.term(headlineOf(order)),
      keys,
      connection === 'offline' ? this.#words.term('offline') : '',
    ].join(' ');
    if (this.#told !== undefined && told !== this.#told) this.#news = told;
    this.#told = told;
  }

  async #copy(number: string): Promise<void> {
    this.#copied = (await copyText(number, this.renderRoot as ShadowRoot)) ? 'copied' : 'copyFailed';
    this.#news = this.#words.term(this.#copied);
    this.requestUpdate();
  }
}

import {html, nothing, type TemplateResult} from 'lit';
import {formatMoney} from '../../../components/shared/format.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import {money, subtract} from '../../../src/domain/money.ts';
import type {FaultName} from '../../../src/sandbox/faults/fault.ts';
import type {Good, Ledger, Sandbox} from '../../../src/sandbox/index.ts';
import type {ShopAssistant, WaitingTicket} from '../../../src/mocks/index.ts';
import type {CartState} from '../../../src/store/shop.ts';
import type {DemoWords} from '../words.ts';

export interface PlatformView {
  readonly sandbox: Sandbox;
  readonly assistant: ShopAssistant;
  /** Reports that wait for the shop. */
  readonly reports: readonly WaitingTicket[];
  /** Bank transfers that nobody has seen come in yet. */
  readonly transfers: readonly Payment[];
  readonly cart: CartState;
  readonly words: DemoWords;
  readonly lang: string;
  /** The shop's assistant sees the money of one come in. */
  readonly transferCame: (payment: Payment) => void;
  readonly close: () => void;
  readonly openCashier: (paymentId: string) => void;
  /** Something was changed here: draw anew. */
  readonly changed: () => void;
}

const openingBalance = money('10000', 'CNY');
const slowMs = 8000;

/** What the platform and the payment provider know, and a few ways to make them fail. */
export function platformDrawer(view: PlatformView): TemplateResult {
  const {sandbox, words, lang} = view;
  const ledger = sandbox.platform.ledger();
  const balance = money(ledger.balances[sandbox.credentials.appId] ?? '0', 'CNY');
  const {platform} = words;
  return html`<header>
      <h2>${platform.name}</h2>
      <button type="button" class="button quiet" @click=${view.close}>${words.close}</button>
    </header>
    <p class="quiet">${platform.about}</p>
    <section>
      <h3>${platform.wallet}</h3>
      <p class="wallet" data-balance=${balance.amount}>${formatMoney(balance, lang)}</p>
      <p class="quiet">${platform.spent(formatMoney(subtract(openingBalance, balance), lang))}</p>
    </section>
    <section>
      <h3>${platform.faults}</h3>
      <p class="quiet">${platform.faultsHint}</p>
      <div class="faults">${faultNames.map(fault => faultSwitch(fault, view))}</div>
    </section>
    <section>
      <h3>${platform.goods}</h3>
      ${goods(view, ledger)}
    </section>
    <section>
      <h3>${platform.orders}</h3>
      ${orders(view, ledger)}
    </section>
    <section>
      <h3>${words.assistant.name}</h3>
      <p class="quiet">${words.assistant.about}</p>
      ${view.transfers.map(payment => transfer(payment, view))} ${reports(view)}
    </section>
    <section>
      <h3>${platform.payments}</h3>
      ${payments(view)}
    </section>`;
}

const faultNames = ['commit-then-drop', 'oversold', 'slow', 'html'] as const satisfies readonly FaultName[];

function faultSwitch(fault: (typeof faultNames)[number], {sandbox, words, changed}: PlatformView): TemplateResult {
  const armed = sandbox.faults.list().find(each => each.fault === fault);
  const toggle = (): void => {
    if (armed) sandbox.faults.clear(armed.id);
    else sandbox.faults.arm({fault, ...(fault === 'slow' && {delayMs: slowMs})});
    changed();
  };
  return html`<button
    type="button"
    class="button"
    aria-pressed=${armed !== undefined}
    title=${armed ? words.platform.armed : nothing}
    @click=${toggle}
  >
    ${words.platform.faultNames[fault]}
  </button>`;
}

/** The goods in the cart and those bought. The cart knows titles only, in the language they were added in. */
function goods({sandbox, cart, words, lang, changed}: PlatformView, ledger: Ledger): TemplateResult {
  const titles = new Set(cart.lines.map(({title}) => title));
  const codes = new Set(ledger.orders.map(({goodCode}) => goodCode));
  const shown = sandbox.platform
    .goods()
    .filter(good => titles.has(good.title) || titles.has(good.titleEn) || codes.has(good.code));
  if (shown.length === 0) return html`<p class="quiet">${words.platform.noGoods}</p>`;
  const setStock = (good: Good, count: number): void => {
    sandbox.platform.setStock(good.code, count);
    changed();
  };
  return html`<ul class="rows">
    ${shown.map(
      good =>
        html`<li data-good=${good.code}>
          <span>${titleOf(good, lang)}</span>
          <strong class="number">${words.platform.inStock(ledger.stock[good.code] ?? 0)}</strong>
          <span class="deeds">
            <button type="button" class="button" @click=${() => setStock(good, 0)}>${words.platform.sellOut}</button>
            <button type="button" class="button" @click=${() => setStock(good, (ledger.stock[good.code] ?? 0) + 10)}>
              ${words.platform.restock}
            </button>
          </span>
        </li>`,
    )}
  </ul>`;
}

function orders({sandbox, words, lang, changed}: PlatformView, {orders: all}: Ledger): TemplateResult {
  if (all.length === 0) return html`<p class="quiet">${words.platform.noOrders}</p>`;
  return html`<ul class="rows">
    ${all.toReversed().map(({tradeNo, goodCode, quantity, amount, state, cards}) => {
      const good = sandbox.platform.good(goodCode);
      return html`<li data-order=${tradeNo}>
        <span>${good ? titleOf(good, lang) : goodCode} × ${quantity}</span>
        <strong class="number">${formatMoney(amount, lang)}</strong>
        <p class="foot">
          <span class="state ${state}">${words.platform.orderStates[state]}</span>
          <span class="number quiet" translate="no">${tradeNo}</span>
        </p>
        ${cards.length > 0 ? html`<code translate="no">${cards.join('\n')}</code>` : nothing}
        ${
          state === 'awaiting_delivery'
            ? html`<span class="deeds">
                <button
                  type="button"
                  class="button"
                  @click=${() => {
                    sandbox.platform.deliver(tradeNo);
                    changed();
                  }}
                >
                  ${words.platform.deliver}
                </button>
              </span>`
            : nothing
        }
      </li>`;
    })}
  </ul>`;
}

function payments({sandbox, words, lang, openCashier}: PlatformView): TemplateResult {
  const all = sandbox.payments.list();
  if (all.length === 0) return html`<p class="quiet">${words.platform.noPayments}</p>`;
  return html`<ul class="rows">
    ${all.toReversed().map(
      ({id, status, amount, description}) =>
        html`<li>
          <span>${description}</span>
          <strong class="number">${formatMoney(amount, lang)}</strong>
          <span class="state ${status}">${words.cashier.states[status]}</span>
          <span class="deeds">
            <button type="button" class="button" @click=${() => openCashier(id)}>${words.platform.openCashier}</button>
          </span>
        </li>`,
    )}
  </ul>`;
}

function reports({assistant, reports: waiting, words, changed}: PlatformView): TemplateResult {
  if (waiting.length === 0) return html`<p class="quiet">${words.assistant.none}</p>`;
  const deed = (id: string, kind: 'ask' | 'reissue' | 'refund' | 'refuse'): TemplateResult => {
    const [button, text] = words.assistant[kind];
    const press = (): void => {
      const done = kind === 'ask' ? assistant.answer(id, text) : assistant.decide(id, kind, text);
      void done.finally(changed);
    };
    return html`<button type="button" class="button" @click=${press}>${button}</button>`;
  };
  return html`<ul class="rows">
    ${waiting.map(
      ({id, orderNumber}) =>
        html`<li data-ticket=${id}>
          <span class="number" translate="no">${orderNumber}</span>
          <span class="deeds">${(['ask', 'reissue', 'refund', 'refuse'] as const).map(kind => deed(id, kind))}</span>
        </li>`,
    )}
  </ul>`;
}

function transfer(payment: Payment, {words, lang, transferCame}: PlatformView): TemplateResult {
  const {amount, instructions} = payment;
  const reference = instructions?.kind === 'transfer' ? instructions.reference : '';
  return html`<ul class="rows">
    <li>
      <span class="number" translate="no">${reference}</span>
      <strong class="number">${formatMoney(amount, lang)}</strong>
      <span class="deeds">
        <button type="button" class="button" @click=${() => transferCame(payment)}>
          ${words.assistant.transferCame}
        </button>
      </span>
    </li>
  </ul>`;
}

const titleOf = (good: Good, lang: string): string => (lang === 'en' ? good.titleEn : good.title);

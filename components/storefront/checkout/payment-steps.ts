import {html, nothing, type TemplateResult} from 'lit';
import type {Payment, PaymentInstructions} from '../../../src/contract/payment.ts';
import {formatMoney} from '../../shared/format.ts';
import {alertIcon, clockIcon} from '../../shared/icons.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../languages/word-packs.ts';
import {deadlineOf} from '../order/deadline-of.ts';
import type {CheckoutWords} from './checkout.zh-cn.ts';
import {clockText} from './countdown.ts';
import {isPayableLink} from '../../../src/domain/payable-link.ts';
import type {PaymentElementHost} from './payment-element-host.ts';
import type {QrCode} from './qr-code.ts';
import type {TransferDetails} from './transfer-details.ts';

type Transfer = Extract<PaymentInstructions, {kind: 'transfer'}>;

interface PayingView {
  readonly payment: Payment;
  /** Seconds. */
  readonly left: number;
  readonly qr: QrCode;
  readonly words: Words<PurchaseWords>;
  /** Called before a link to the payment is followed. */
  readonly leave: (url: string, event: Event) => void;
  /** The provider's element, where there is one. */
  readonly element: PaymentElementHost;
  readonly transfer: TransferDetails;
}

/** The buyer pays elsewhere. Nothing here knows whether they have. */
export function payingBody(view: PayingView): TemplateResult {
  const {payment, left} = view;
  const {checkout: words, lang} = view.words;
  if (payment.instructions?.kind === 'transfer') return transferBody(view, payment.instructions);
  const deadline = deadlineOf(payment.expiresAt, lang);
  return html`<div class="blank step">
    ${instructions(view)}
    <p>
      ${
        left > 0
          ? html`${words.deadline(deadline)} <span class="number" aria-hidden="true">${clockText(left)}</span>`
          : words.timeUp
      }
    </p>
    ${
      payment.instructions?.kind === 'element' && view.element.step !== 'completed'
        ? nothing
        : html`<p class="with-icon"><span class="spinner"></span>${words.payingHint}</p>`
    }
  </div>`;
}

/** The buyer pays at their bank, perhaps tomorrow: no clock hurries them. */
function transferBody({payment, left, words, transfer}: PayingView, details: Transfer): TemplateResult {
  const {checkout, lang} = words;
  const deadline = deadlineOf(payment.expiresAt, lang);
  return html`<div class="blank step">
    ${transfer.render(payment, details, words)}
    <p class="until">${left > 0 ? checkout.transferDeadline(deadline) : checkout.transferTimeUp}</p>
    <p class="with-icon"><span class="spinner"></span>${checkout.transferHint}</p>
  </div>`;
}

function instructions({
  payment,
  qr,
  words: {checkout: words, lang},
  leave,
  element,
}: PayingView): TemplateResult | typeof nothing {
  const {amount, instructions} = payment;
  const price = formatMoney(amount, lang);
  switch (instructions?.kind) {
    case 'redirect':
      return link(instructions.url, words.goPay(price), 'button primary wide', leave);
    case 'qr':
      return html`<strong aria-hidden="true">${words.scan(price)}</strong> ${code(instructions.text, qr, words, price)}
        ${
          instructions.link !== undefined && isPayableLink(instructions.link)
            ? link(instructions.link, words.openApp, 'button primary wide app', leave)
            : link(instructions.text, words.openHere, 'button', leave)
        }`;
    case 'element':
      return providerElement(element, words, price);
    default:
      return nothing;
  }
}

/** The provider's element stands in the page and shows through here. */
function providerElement(element: PaymentElementHost, words: CheckoutWords, price: string): TemplateResult {
  const {step, problem, isPaying} = element;
  return html`${step === 'mounting' ? html`<div class="skeleton tall" aria-busy="true"></div>` : nothing}
    ${step === 'missing' ? warning(words.elementMissing) : nothing}
    ${
      step === 'failed'
        ? html`${warning(words.elementFailed)}
            <button type="button" class="button wide" @click=${element.retry}>${words.retry}</button>`
        : nothing
    }
    <div class="element" ?hidden=${step !== 'mounting' && step !== 'mounted'}>
      <slot name="payment-element"></slot>
    </div>
    ${problem === undefined ? nothing : warning(problem)}
    ${
      element.takesPresses
        ? html`<button
            type="button"
            class="button primary wide"
            part="pay"
            aria-disabled=${isPaying}
            @click=${element.press}
          >
            ${isPaying ? html`<span class="spinner"></span>${words.elementPaying}` : words.pay(price)}
          </button>`
        : nothing
    }`;
}

function warning(text: string): TemplateResult {
  return html`<p class="notice warning" part="error" role="alert">${alertIcon}${text}</p>`;
}

/** A code that nobody can scan any more. The order is still there to be paid. */
export function codeOver(words: CheckoutWords, deadline: string, refresh: () => void, isBusy: boolean): TemplateResult {
  return html`<div class="blank step">
    ${clockIcon}
    <p>${words.codeOverHint(deadline)}</p>
    <button type="button" class="button primary wide" part="pay" aria-disabled=${isBusy} @click=${refresh}>
      ${words.refresh}
    </button>
  </div>`;
}

function code(text: string, qr: QrCode, words: CheckoutWords, price: string): TemplateResult {
  const outline = qr.outline(text);
  if (outline === 'failed') return html`<p class="warning">${words.qrFailed}</p>`;
  if (!outline) return html`<div class="qr skeleton"></div>`;
  // Four modules of white around it, which scanners need (ISO/IEC 18004).
  const {size, path} = outline;
  return html`<svg
    class="qr"
    part="qr"
    role="img"
    aria-label=${words.scan(price)}
    viewBox="-4 -4 ${size + 8} ${size + 8}"
    shape-rendering="crispEdges"
  >
    <path d=${path} />
  </svg>`;
}

function link(url: string, text: string, look: string, leave: PayingView['leave']): TemplateResult {
  return isPayableLink(url)
    ? html`<a class=${look} part="pay" href=${url} @click=${(event: Event) => leave(url, event)}>${text}</a>`
    : html`<code class="mono" translate="no">${url}</code>`;
}

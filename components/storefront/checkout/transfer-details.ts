import {html, nothing, type TemplateResult} from 'lit';
import type {Payment, PaymentInstructions} from '../../../src/contract/payment.ts';
import {formatMoney} from '../../shared/format.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import {copyText} from '../key-reveal/copy-text.ts';
import type {PurchaseWords} from '../languages/word-packs.ts';

type Transfer = Extract<PaymentInstructions, {kind: 'transfer'}>;
type Detail = 'amount' | 'payee' | 'bank' | 'account' | 'reference';

/** What a buyer types into their bank's form, each to be copied by a press. */
export class TransferDetails {
  readonly #root: () => ShadowRoot;
  readonly #say: (news: string) => void;
  #copied: {readonly detail: Detail; readonly outcome: 'copied' | 'copyFailed'} | undefined;

  /** @param say called with what became of a press, when it shows */
  constructor(root: () => ShadowRoot, say: (news: string) => void) {
    this.#root = root;
    this.#say = say;
  }

  render({amount}: Payment, transfer: Transfer, words: Words<PurchaseWords>): TemplateResult {
    const {checkout, lang} = words;
    const row = (detail: Detail, text: string, shown = text, hint?: string): TemplateResult => {
      const name = checkout[`transfer_${detail}`];
      const copy = words.order[this.#copied?.detail === detail ? this.#copied.outcome : 'copy'];
      return html`<div>
        <dt class="hint">${name}</dt>
        <dd>
          <bdi class=${detail === 'reference' ? 'mono code' : nothing} translate="no">${shown}</bdi>
          ${hint === undefined ? nothing : html`<p class="hint">${hint}</p>`}
        </dd>
        <dd>
          <button
            type="button"
            class="button quiet"
            aria-label="${copy} ${name}"
            @click=${() => void this.#copy(detail, text, words)}
          >
            ${copy}
          </button>
        </dd>
      </div>`;
    };
    return html`<dl class="transfer" part="transfer">
        ${row('amount', amount.amount, formatMoney(amount, lang))} ${row('payee', transfer.payee)}
        ${row('bank', transfer.bank)} ${row('account', transfer.account)}
        ${row('reference', transfer.reference, transfer.reference, checkout.transferReferenceHint)}
      </dl>
      ${transfer.note === undefined ? nothing : html`<p class="said">${transfer.note}</p>`}`;
  }

  async #copy(detail: Detail, text: string, {order}: Words<PurchaseWords>): Promise<void> {
    const outcome = (await copyText(text, this.#root())) ? 'copied' : 'copyFailed';
    this.#copied = {detail, outcome};
    this.#say(order[outcome]);
  }
}

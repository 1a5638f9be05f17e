import {html, nothing, type TemplateResult} from 'lit';
import {isKeystallError, type KeystallError} from '../../../../src/client/errors.ts';
import type {CartProblem} from '../../../../src/store/shop.ts';
import {baseStyles} from '../../../shared/base.styles.ts';
import {cartProblemText} from '../../../shared/cart-problem-text.ts';
import {failureText} from '../../../shared/failure.ts';
import {alertIcon, checkIcon} from '../../../shared/icons.ts';
import {ShopController} from '../../../shared/shop-controller.ts';
import {WordedElement} from '../../../shared/words/worded-element.ts';
import {browseWords, type BrowseWords} from '../../languages/word-packs.ts';
import {noticeStyles} from './notice.styles.ts';

declare global {
  interface HTMLElementTagNameMap {
    'ks-notice': KsNotice;
  }
}

/** What became of a press of a button that is the page's own and cannot say it. */
export type News =
  | {readonly kind: 'added'; readonly title: string}
  | {readonly kind: 'refused'; readonly problem: CartProblem}
  | {readonly kind: 'failed'; readonly error: unknown};

/** How long news stays, in milliseconds: it takes two seconds to notice, and the longest takes four to read. */
const shownFor = 6_000;

/**
 * Says what became of a command, at the lower edge of the window, for eyes and ears.
 *
 * @summary Part of the commands; not meant to be used alone.
 * @tagname ks-notice
 */
export class KsNotice extends WordedElement<BrowseWords> {
  static override styles = [baseStyles, noticeStyles];
  static override properties = {news: {state: true}};

  declare private news: News | undefined;

  protected override readonly pack = browseWords;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new ShopController(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Shows news, in place of what is shown. */
  tell(news: News): void {
    this.news = news;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.news = undefined), shownFor);
  }

  protected override render(): TemplateResult {
    const {news} = this;
    const isGood = news?.kind === 'added';
    return html`<p class=${news ? `notice ${isGood ? 'success' : 'danger'}` : 'visually-hidden'} role="status">
      ${news ? html`${isGood ? checkIcon : alertIcon}<span>${this.#text(news)}</span>` : nothing}
    </p>`;
  }

  #text(news: News): string {
    const {words} = this;
    switch (news.kind) {
      case 'added':
        return words['product-card'].addedTitle(news.title);
      case 'refused':
        return cartProblemText(news.problem, words);
      case 'failed':
        return failureText(isKeystallError(news.error) ? news.error : ({code: 'unknown'} as KeystallError), words);
    }
  }
}

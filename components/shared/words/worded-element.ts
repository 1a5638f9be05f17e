import {isServer, LitElement, type PropertyValues} from 'lit';
import {restOnServer, saidOnServer} from '../on-server.ts';
import type {Rest} from '../rest.ts';
import {fallbackLanguage} from './closest-language.ts';
import {languageOf} from './language-of.ts';
import {watchLanguage} from './language-watch.ts';
import type {Sections} from './translation.ts';
import type {WordPack, Words} from './word-pack.ts';

/**
 * An element that speaks the language around it. It draws itself when the words of that language are there: never
 * without words, never in another language first, and never kept waiting for ever.
 *
 * On a server it knows what it was given and no more: no shop, nothing that a device holds. Where a server drew it, it
 * comes to life in the browser when it has drawn the same over that, so that the nodes stay.
 */
export abstract class WordedElement<S extends Sections> extends LitElement {
  /** Where its words come from. */
  protected abstract readonly pack: WordPack<S>;
  /**
   * A server draws it, or drew it and nothing here has yet.
   * @internal
   */
  isServed = isServer || this.shadowRoot !== null;
  /**
   * What a server knows beyond what the element was given.
   * @internal
   */
  rest?: Rest | undefined;
  #words: Words<S> | undefined;
  #unwatch: (() => void) | undefined;
  #isFirst = true;

  override connectedCallback(): void {
    if (this.isServed) {
      // Whoever renders on a server may call it: there is nothing to listen to.
      if (!isServer) void this.#takeOver();
      return;
    }
    super.connectedCallback();
    this.#unwatch = watchLanguage(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
  }

  protected get words(): Words<S> {
    return (this.#words ??= this.pack.words(languageOf(this)));
  }

  /** Asks for what the element shows: before each update, and already while its words are on the way. */
  protected follow(): void {}

  /** What is worth waiting for before it is drawn for the first time, asked once; undefined if nothing is. */
  protected awaited(): Promise<unknown> | undefined {
    return undefined;
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    // What has left the page goes on in the language it spoke there.
    const lang = this.isConnected || !this.#words ? languageOf(this) : this.#words.lang;
    const loading = this.pack.load(lang);
    this.#words = this.pack.words(lang);
    const awaited = this.#isFirst ? this.awaited() : undefined;
    this.#isFirst = false;
    if (!loading && !awaited) return super.scheduleUpdate();
    this.follow();
    return Promise.all([loading, awaited]).then(() => this.scheduleUpdate());
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (isServer) {
      this.rest = restOnServer(this);
      // A browser is to speak it as well, whatever its reader speaks: one page, one language.
      if (saidOnServer(this, 'lang') === undefined) this.setAttribute('lang', fallbackLanguage);
    }
    this.follow();
  }

  async #takeOver(): Promise<void> {
    const [{takeOver}] = await Promise.all([import('../take-over.ts'), this.pack.load(languageOf(this))]);
    await takeOver(this);
  }
}

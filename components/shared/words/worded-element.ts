import {LitElement, type PropertyValues} from 'lit';
import {languageOf} from './language-of.ts';
import {watchLanguage} from './language-watch.ts';
import type {Sections} from './translation.ts';
import type {WordPack, Words} from './word-pack.ts';

/**
 * An element that speaks the language around it. It draws itself when the words of that language are there: never
 * without words, never in another language first, and never kept waiting for ever.
 */
export abstract class WordedElement<S extends Sections> extends LitElement {
  /** Where its words come from. */
  protected abstract readonly pack: WordPack<S>;
  #words: Words<S> | undefined;
  #unwatch: (() => void) | undefined;

  override connectedCallback(): void {
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

  protected override scheduleUpdate(): void | Promise<unknown> {
    // What has left the page goes on in the language it spoke there.
    const lang = this.isConnected || !this.#words ? languageOf(this) : this.#words.lang;
    const loading = this.pack.load(lang);
    this.#words = this.pack.words(lang);
    if (!loading) return super.scheduleUpdate();
    this.follow();
    return loading.then(() => this.scheduleUpdate());
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.follow();
  }
}

import {LocalizeController, registerTranslation, type Translation} from '@shoelace-style/localize';
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {closestAcrossRoots} from './closest-across-roots.ts';

export type Term = string | ((...values: never[]) => string);

/** The words of one element: each term a text, or what makes one from values. */
export interface Messages<T extends Readonly<Record<string, Term>>> {
  readonly name: string;
  readonly zhCN: T;
  readonly en: Translated<T>;
}

/** The same terms in another language. */
export type Translated<T> = {readonly [K in keyof T]: T[K] extends string ? string : T[K]};

type Values<T> = T extends (...values: infer V) => string ? V : [];

/** Names an element's words. Further languages: `registerTranslation({$code: 'ja', 'product-grid.more': …})`. */
export function defineMessages<T extends Readonly<Record<string, Term>>>(
  name: string,
  zhCN: T,
  en: Translated<T>,
): Messages<T> {
  return {name, zhCN, en};
}

const registered = new Set<string>();

/**
 * Speaks the language of its host: that of the nearest `lang` attribute around it (a `<ks-shop lang>` is one), else the
 * reader's. Simplified Chinese stands in for languages that nobody registered.
 */
export class Localize<T extends Readonly<Record<string, Term>>> implements ReactiveController {
  readonly #controller: NearestLanguage;
  readonly #name: string;

  constructor(host: ReactiveControllerHost & HTMLElement, messages: Messages<T>) {
    this.#name = messages.name;
    if (!registered.has(messages.name)) {
      registered.add(messages.name);
      registerTranslation(translation('zh-CN', '简体中文', messages.name, messages.zhCN));
      registerTranslation(translation('en', 'English', messages.name, messages.en));
    }
    this.#controller = new NearestLanguage(host);
    host.addController(this);
  }

  /** BCP 47 tag of the host's language, as somebody wrote it. */
  get lang(): string {
    return this.#controller.lang();
  }

  term<K extends keyof T & string>(key: K, ...values: Values<T[K]>): string {
    return this.#controller.term(`${this.#name}.${key}`, ...(values as unknown as never));
  }

  hostConnected(): void {
    this.#controller.forget();
  }

  hostUpdate(): void {
    this.#controller.forget();
  }
}

class NearestLanguage extends LocalizeController {
  #lang: string | undefined;

  override lang(): string {
    return (this.#lang ??= this.#find());
  }

  forget(): void {
    this.#lang = undefined;
  }

  #find(): string {
    const written = closestAcrossRoots(this.host, '[lang]')?.getAttribute('lang') || navigator.language;
    try {
      return new Intl.Locale(written.replaceAll('_', '-')).toString();
    } catch {
      return 'zh-CN';
    }
  }
}

function translation(code: string, name: string, element: string, terms: Readonly<Record<string, Term>>): Translation {
  const prefixed = Object.entries(terms).map(([key, term]) => [`${element}.${key}`, term]);
  return {$code: code, $name: name, $dir: 'ltr', ...Object.fromEntries(prefixed)};
}

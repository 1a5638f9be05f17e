import {isServer} from 'lit';
import {closestLanguage, fallbackLanguage} from './closest-language.ts';
import {redrawAll} from './language-watch.ts';
import {withRegistered, type Sections} from './translation.ts';

/** The words of an element's language, and which that is: a BCP 47 tag, as the page wrote it. */
export type Words<S extends Sections> = S & {readonly lang: string};

/** How long words may take before others stand in for them, and how long until they are asked for again. Milliseconds. */
const patience = 5_000;

/** The words of several elements in several languages, each loaded when it is first spoken. */
export class WordPack<S extends Sections> {
  readonly #languages: Readonly<Record<string, () => Promise<S>>>;
  readonly #loaded = new Map<string, S>();
  /** The languages asked for; `undefined` once there is nothing to wait for. */
  readonly #asked = new Map<string, Promise<void> | undefined>();

  /** @param languages what loads the words, by BCP 47 tag; `zh-CN` is among them */
  constructor(languages: Readonly<Record<string, () => Promise<S>>>) {
    this.#languages = languages;
  }

  /** Loads the words for a language. Undefined if there is nothing to wait for; else settles, never rejecting. */
  load(lang: string): Promise<void> | undefined {
    const code = this.#codeFor(lang);
    if (!this.#asked.has(code)) this.#asked.set(code, this.#ask(code));
    return this.#asked.get(code);
  }

  /** The words for a language; those of another where they could not be loaded. */
  words(lang: string): Words<S> {
    const {value: any} = this.#loaded.values().next();
    const sections = this.#loaded.get(this.#codeFor(lang)) ?? this.#loaded.get(fallbackLanguage) ?? any;
    return sections ? {...withRegistered(sections, lang), lang} : wordless(lang);
  }

  async #ask(code: string): Promise<void> {
    const arrival = this.#languages[code]!().then(sections => {
      this.#loaded.set(code, sections);
      redrawAll();
    });
    try {
      // A server has them at hand, and would have to wait for the clock.
      await (isServer ? arrival : Promise.race([arrival, overdue()]));
    } catch {
      if (code !== fallbackLanguage) await this.load(fallbackLanguage);
      setTimeout(() => this.#asked.delete(code), patience);
    }
    this.#asked.set(code, undefined);
  }

  #codeFor(lang: string): string {
    return closestLanguage(lang, Object.keys(this.#languages));
  }
}

const overdue = (): Promise<never> => new Promise((_, reject) => setTimeout(reject, patience));

/** Goods, prices and pictures can be shown without words: every term is an empty text. */
function wordless<S extends Sections>(lang: string): Words<S> {
  if (isServer) throw new Error('The elements have no words yet: await loadWords() of keystall/ssr before rendering.');
  const silence = Object.assign(() => '', {toString: () => ''});
  const section = new Proxy({}, {get: () => silence});
  return new Proxy({}, {get: (_, name) => (name === 'lang' ? lang : section)}) as Words<S>;
}

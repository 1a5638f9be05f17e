import {LRUCache} from 'lru-cache';
import {hashText} from '../security/ids.ts';

/** An answer as it is sent, and its strong validator (RFC 9110 §8.8.3). */
export interface CatalogueAnswer {
  readonly text: string;
  readonly etag: string;
}

const mostAnswers = 200;

/** Answers that are the same for everybody, written once for as long as nothing that they were made of has changed. */
export interface RememberedAnswers {
  /**
   * @param madeOf everything that the answer depends on
   * @param make the answer's body; must not be older than what `madeOf` says
   */
  get(madeOf: readonly unknown[], make: () => Promise<object>): Promise<CatalogueAnswer>;
}

export function rememberAnswers(): RememberedAnswers {
  const answers = new LRUCache<string, CatalogueAnswer, () => Promise<object>>({
    max: mostAnswers,
    fetchMethod: async (_key, _stale, {context: make}) => catalogueAnswer(await make()),
  });
  return {
    get: async (madeOf, make) => (await answers.fetch(JSON.stringify(madeOf), {context: make}))!,
  };
}

export function catalogueAnswer(body: object): CatalogueAnswer {
  const text = JSON.stringify(body);
  return {text, etag: `"${hashText(text).slice(0, 32)}"`};
}

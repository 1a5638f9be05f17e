import {can, type CatalogueChanges} from './optional-calls.ts';
import type {Upstream} from './port.ts';

/** A catalogue that can be read page by page, so that nobody ever holds all of it. */
export interface PagedCatalogue {
  /**
   * The catalogue page by page, in the platform's order. Where the protocol tells what changed (`delta`), `since` asks
   * for that only.
   * @throws {UpstreamError} at the page that could not be read
   */
  pages(reading: CatalogueReading, signal: AbortSignal): AsyncIterable<CataloguePage>;
}

export interface CatalogueReading {
  /** The `next` of a page that was read before, in this process or another one: goes on after it. */
  readonly from?: string | undefined;
  /** See {@link OptionalCalls.delta}. */
  readonly since?: number | undefined;
}

/** A page with all categories there are; `gone` is for readings of what changed. */
export interface CataloguePage extends CatalogueChanges {
  /** Where the reading goes on after this page; absent on the last one. */
  readonly next?: string;
}

/**
 * Reads any platform's catalogue page by page: a platform that gives everything at once has one page.
 * @throws {UpstreamError}
 */
export async function* readPages(
  upstream: Upstream,
  reading: CatalogueReading,
  signal: AbortSignal,
): AsyncGenerator<CataloguePage> {
  if (upstream.pages) {
    yield* upstream.pages(reading, signal);
  } else if (reading.since !== undefined && can(upstream, 'delta')) {
    yield upstream.delta(reading.since, signal);
  } else {
    yield {...(await upstream.catalogue(signal)), gone: []};
  }
}

/** The same pages, each asked for while the one before is still being worked on. */
export async function* readAhead<Page>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  const reading = pages[Symbol.asyncIterator]();
  let coming = reading.next();
  try {
    for (;;) {
      const {done, value} = await coming;
      if (done) return;
      coming = reading.next();
      // Whoever takes the next page hears of its failure; if nobody does, it is nobody's business.
      coming.catch(() => undefined);
      yield value;
    }
  } finally {
    void coming.then(() => reading.return?.()).catch(() => undefined);
  }
}

/** All pages as one. */
export async function readWhole(pages: AsyncIterable<CataloguePage>): Promise<CatalogueChanges> {
  const goods = new Map<string, CataloguePage['goods'][number]>();
  const gone = new Set<string>();
  const rejected: CataloguePage['rejected'][number][] = [];
  let categories: CataloguePage['categories'] = [];
  for await (const page of pages) {
    categories = page.categories;
    // A good that moved to another page meanwhile is taken once.
    for (const good of page.goods) goods.set(good.code, good);
    for (const code of page.gone) gone.add(code);
    rejected.push(...page.rejected);
  }
  return {categories, goods: [...goods.values()], gone: [...gone], rejected};
}

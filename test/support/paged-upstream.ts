import type {CataloguePage, CatalogueReading, PagedCatalogue} from '../../src/upstreams/catalogue-pages.ts';
import type {Capabilities, Good} from '../../src/upstreams/port.ts';
import {fakeUpstream, type FakeUpstream} from './fake-upstream.ts';

/** A platform whose catalogue comes in pages, and that tells what changed. */
export interface PagedUpstream extends FakeUpstream, PagedCatalogue {
  /** Every reading that was begun or gone on with. */
  readonly readings: CatalogueReading[];
  /** Goods that stand for what a reading of changes answers. */
  changed: {readonly goods: readonly Good[]; readonly gone: readonly string[]};
  /** Called before each page is given out, with the number it begins at. */
  beforePage: (from: number) => Promise<void>;
}

export const pageSize = 200;

export function pagedUpstream(goods: Good[], capabilities: Partial<Capabilities> = {}): PagedUpstream {
  const readings: CatalogueReading[] = [];
  const categories = [{id: 'steam', name: 'Steam'}];
  const fake: PagedUpstream = Object.assign(
    fakeUpstream({goods, capabilities: {pages: true, delta: true, ...capabilities}}),
    {
      readings,
      changed: {goods: [], gone: []},
      beforePage: async () => undefined,
      async *pages(reading: CatalogueReading): AsyncGenerator<CataloguePage> {
        readings.push({...reading});
        if (reading.since !== undefined) {
          await fake.beforePage(0);
          yield {categories, rejected: [], ...fake.changed};
          return;
        }
        for (let from = Number(reading.from ?? 0); ; from += pageSize) {
          await fake.beforePage(from);
          const next = from + pageSize < fake.goods.length ? {next: String(from + pageSize)} : {};
          yield {categories, goods: fake.goods.slice(from, from + pageSize), rejected: [], gone: [], ...next};
          if (next.next === undefined) return;
        }
      },
    },
  );
  return fake;
}

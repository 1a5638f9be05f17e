import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import {createClient} from '../../src/client/client.ts';
import type {GivenPage, ProductListState} from '../../src/store/shop.ts';
import {createQueries} from '../../src/store/queries.ts';
import {yuan} from './support/builders.ts';
import {turns} from './support/fake-device.ts';
import {json, problem} from './support/fake-server.ts';

const shopInfo = {name: 'Card shop', currency: 'CNY', locales: ['zh-CN'], paymentMethods: [], notices: []};

function item(id: string) {
  return {
    id,
    title: id,
    categoryId: 'c',
    categoryName: 'Games',
    delivery: 'automatic',
    price: yuan('10.00'),
    priceVaries: false,
    stock: 'in_stock',
    minimum: 1,
  };
}

function setUp(answer: (url: URL, count: number) => Response | Promise<Response>) {
  const asked: string[] = [];
  const fake: typeof fetch = async input => {
    const url = new URL((input as Request).url);
    asked.push(`${url.pathname}${url.search}`);
    return answer(url, asked.length);
  };
  const queries = createQueries(createClient({address: 'https://shop.example', fetch: fake}));
  return {queries, asked};
}

async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 50) {
    await turns(3);
    mock.timers.tick(50);
  }
  await turns(3);
}

beforeEach(() => {
  mock.timers.enable({apis: ['setTimeout', 'setInterval', 'Date']});
});
afterEach(() => {
  mock.timers.reset();
});

describe('a product that somebody looks at', () => {
  const details = (stock: string) => ({
    id: 'p',
    title: 'p',
    categoryId: 'c',
    categoryName: 'Games',
    description: [],
    pictures: [],
    badges: [],
    delivery: 'automatic',
    contact: 'any',
    minimum: 1,
    fields: [],
    options: [],
    skus: [{id: 's', choices: {}, prices: [{from: 1, price: yuan('10.00')}], stock}],
  });
  const stockOf = (loaded: ReturnType<ReturnType<typeof createQueries>['watchProduct']>['value']) =>
    'data' in loaded ? loaded.data?.skus[0]?.stock : undefined;

  it('is asked for again every 20 seconds for as long as it is looked at, past the cache from the second time on', async () => {
    const caches: string[] = [];
    const fake: typeof fetch = async input => {
      caches.push((input as Request).cache);
      return json(details(caches.length < 3 ? 'sold_out' : 'in_stock'));
    };
    const queries = createQueries(createClient({address: 'https://shop.example', fetch: fake}));
    const watched = queries.watchProduct('p');
    assert.equal(queries.watchProduct('p'), watched);
    const stop = watched.subscribe(() => {});
    await pass(100);
    assert.equal(stockOf(watched.value), 'sold_out');
    await pass(41_000);
    assert.deepEqual(caches, ['default', 'no-cache', 'no-cache']);
    assert.equal(stockOf(watched.value), 'in_stock');
    stop();
    await pass(60_000);
    assert.equal(caches.length, 3);
    queries.dispose();
  });

  it('stays on the screen when it cannot be asked for again', async () => {
    const {queries} = setUp((_, count) => (count === 1 ? json(details('low')) : json({surprise: true})));
    const watched = queries.watchProduct('p');
    const stop = watched.subscribe(() => {});
    await pass(60_000);
    assert.equal(watched.value.status, 'failed');
    assert.equal(stockOf(watched.value), 'low');
    stop();
    queries.dispose();
  });
});

describe('what a page reads', () => {
  it('is asked for when somebody listens, once for all of them', async () => {
    const {queries, asked} = setUp(() => json(shopInfo));
    const info = queries.info();
    assert.equal(queries.info(), info);
    await pass(100);
    assert.deepEqual(asked, []);
    let changes = 0;
    info.subscribe(() => changes++);
    info.subscribe(() => {});
    assert.equal(info.value.status, 'loading');
    await pass(100);
    assert.deepEqual(info.value, {status: 'ready', data: shopInfo, refreshing: false});
    assert.deepEqual(asked, ['/v1/shop']);
    assert.equal(changes, 1);
    queries.dispose();
  });

  it('is refreshed when it is looked at again after a while, and shown meanwhile', async () => {
    const {queries, asked} = setUp(() => json(shopInfo));
    const info = queries.info();
    const stop = info.subscribe(() => {});
    await pass(100);
    stop();
    info.subscribe(() => {})();
    await pass(100);
    assert.equal(asked.length, 1);
    mock.timers.tick(61_000);
    info.subscribe(() => {});
    assert.deepEqual(info.value, {status: 'ready', data: shopInfo, refreshing: true});
    await pass(100);
    assert.equal(asked.length, 2);
    queries.dispose();
  });

  it('is asked for twice more, with pauses, when no answer or a broken server is the reason', async () => {
    for (const failure of [() => Promise.reject(new TypeError('fetch failed')), () => problem('internal_error')]) {
      const {queries, asked} = setUp(failure);
      const info = queries.info();
      info.subscribe(() => {});
      await pass(400);
      assert.equal(asked.length, 1);
      await pass(5_000);
      assert.equal(asked.length, 3);
      assert.equal(info.value.status, 'failed');
      queries.dispose();
    }
  });

  it('waits with asking again while nobody sees the page, and goes on when it comes back into view', async t => {
    const page = {visibilityState: 'hidden'};
    const view = new EventTarget();
    Object.assign(globalThis, {document: page, window: view});
    t.after(() => {
      for (const name of ['document', 'window']) Reflect.deleteProperty(globalThis, name);
    });
    const {queries, asked} = setUp((_url, count) =>
      count === 1 ? Promise.reject(new TypeError('fetch failed')) : json(shopInfo),
    );
    const info = queries.info();
    info.subscribe(() => {});
    await pass(5_000);
    assert.equal(asked.length, 1);

    page.visibilityState = 'visible';
    view.dispatchEvent(new Event('visibilitychange'));
    await pass(100);

    assert.equal(info.value.status, 'ready');
    queries.dispose();
  });

  it('is refreshed when the page comes back into view after a while, until the shop is disposed of', async t => {
    const view = new EventTarget();
    Object.assign(globalThis, {window: view});
    t.after(() => Reflect.deleteProperty(globalThis, 'window'));
    const comeBack = async () => {
      mock.timers.tick(61_000);
      view.dispatchEvent(new Event('visibilitychange'));
      await pass(100);
    };
    const {queries, asked} = setUp(() => json(shopInfo));
    queries.info().subscribe(() => {});
    await pass(100);
    await comeBack();
    assert.equal(asked.length, 2);
    queries.dispose();
    await comeBack();
    assert.equal(asked.length, 2);
  });

  it('is not asked for again when the server said no; retry asks', async () => {
    let isThere = false;
    const {queries, asked} = setUp(() => (isThere ? json(shopInfo) : problem('product_not_found')));
    const info = queries.info();
    info.subscribe(() => {});
    await pass(5_000);
    assert.equal(asked.length, 1);
    isThere = true;
    assert.ok(info.value.status === 'failed' && info.value.error.code === 'product_not_found');
    info.value.retry();
    await pass(100);
    assert.equal(info.value.status, 'ready');
    queries.dispose();
  });

  it('is one handle per question, whatever the order of its parts', () => {
    const {queries} = setUp(() => json({}));
    assert.equal(queries.products({q: 'a', category: 'c'}), queries.products({category: 'c', q: 'a'}));
    assert.notEqual(queries.products({q: 'a'}), queries.products({q: 'b'}));
    assert.notEqual(queries.product('1', 'en'), queries.product('1', 'zh-CN'));
    assert.notEqual(queries.categories('en'), queries.categories());
    queries.dispose();
  });
});

describe('a list of products', () => {
  const pages: Record<string, unknown> = {
    '': {items: [item('a'), item('b')], total: 5, nextCursor: '2'},
    '2': {items: [item('b'), item('c')], total: 5, nextCursor: '3'},
    '3': {items: [item('d')], total: 5},
  };
  const answer = (url: URL) => json(pages[url.searchParams.get('cursor') ?? '']);

  it('grows page by page to its end; a product that moved between pages is shown once', async () => {
    const {queries, asked} = setUp(answer);
    const list = queries.products({category: 'c', limit: 2});
    list.subscribe(() => {});
    await pass(100);
    const more = [list.loadMore(), list.loadMore()];
    await pass(100);
    await Promise.all(more);
    assert.deepEqual(asked, ['/v1/products?category=c&limit=2', '/v1/products?category=c&limit=2&cursor=2']);
    const rest = list.loadMore();
    await pass(100);
    await rest;
    await list.loadMore();
    assert.ok(list.value.status === 'ready');
    const {items, total, hasMore, loadingMore} = list.value.data;
    assert.deepEqual(
      items.map(({id}) => id),
      ['a', 'b', 'c', 'd'],
    );
    assert.deepEqual([total, hasMore, loadingMore, asked.length], [5, false, false, 3]);
    queries.dispose();
  });

  it('comes in larger pages to who goes on, unless their size was asked for', async () => {
    const grown = async (query: {limit?: number}) => {
      const {queries, asked} = setUp(url => {
        const at = Number(url.searchParams.get('cursor') ?? 0);
        return json({items: [item(`good-${at}`)], total: 9, nextCursor: `${at + 1}`});
      });
      const list = queries.products(query);
      list.subscribe(() => {});
      await pass(100);
      for (let page = 1; page < 6; page++) {
        const more = list.loadMore();
        await pass(100);
        await more;
      }
      queries.dispose();
      return asked.map(path => new URLSearchParams(path.split('?')[1]).get('limit'));
    };
    assert.deepEqual(await grown({}), [null, null, null, null, '100', '100']);
    assert.deepEqual(await grown({limit: 7}), ['7', '7', '7', '7', '7', '7']);
  });

  it('says that it is loading more, and not that it is refreshing', async () => {
    const {queries} = setUp(answer);
    const list = queries.products({});
    const seen: string[] = [];
    list.subscribe(() => {
      const {value} = list;
      seen.push(
        value.status === 'ready' ? `more: ${value.data.loadingMore}, fresh: ${value.refreshing}` : value.status,
      );
    });
    await pass(100);
    const more = list.loadMore();
    await pass(100);
    await more;
    assert.deepEqual(seen, ['more: false, fresh: false', 'more: true, fresh: false', 'more: false, fresh: false']);
    queries.dispose();
  });

  it('keeps what it has when a page cannot be had, and retries that page', async () => {
    let isBroken = false;
    const {queries, asked} = setUp(url => (isBroken ? problem('not_found') : answer(url)));
    const list = queries.products({});
    list.subscribe(() => {});
    await pass(100);
    isBroken = true;
    const more = list.loadMore();
    await pass(100);
    await more;
    assert.ok(list.value.status === 'failed');
    assert.equal(list.value.data?.items.length, 2);
    isBroken = false;
    list.value.retry();
    await pass(100);
    const {value} = list as {readonly value: ProductListState};
    assert.ok(value.status === 'ready' && value.data.items.length === 3);
    assert.equal(asked.length, 3);
    queries.dispose();
  });
});

describe('goods that came with the page', () => {
  const page = (id: string) => ({items: [item(id)], total: 1}) as unknown as GivenPage;
  const answering = () => setUp(() => json(page('asked')));
  const idsOf = (value: ProductListState): readonly string[] =>
    'data' in value && value.data ? value.data.items.map(({id}) => id) : [];

  it('are there at once, and not asked for while they are fresh', async () => {
    const {queries, asked} = answering();
    const list = queries.products({lang: 'en'}, {...page('given'), asOf: Date.now() - 60_000});
    list.subscribe(() => {});
    assert.deepEqual(idsOf(list.value), ['given']);
    await pass(1_000);
    assert.deepEqual([idsOf(list.value), asked.length], [['given'], 0]);
    queries.dispose();
  });

  it('are shown and asked for when they are old', async () => {
    mock.timers.setTime(10_000_000);
    const {queries, asked} = answering();
    const list = queries.products({lang: 'en'}, {...page('given'), asOf: Date.now() - 301_000});
    list.subscribe(() => {});
    assert.deepEqual(idsOf(list.value), ['given']);
    await pass(1_000);
    assert.deepEqual([idsOf(list.value), asked.length], [['asked'], 1]);
    queries.dispose();
  });

  it('grow old by the clock here, however far ahead that of the server is', async () => {
    const {queries, asked} = answering();
    const given = {...page('given'), asOf: Date.now() + 3_600_000};
    queries.products({lang: 'en'}, given).subscribe(() => {})();
    mock.timers.setTime(Date.now() + 301_000);
    const list = queries.products({lang: 'en'});
    list.subscribe(() => {});
    await pass(1_000);
    assert.equal(asked.length, 1);
    queries.dispose();
  });

  it('answer no other question', async () => {
    const {queries} = answering();
    queries.products({lang: 'en'}, page('given')).subscribe(() => {});
    const other = queries.products({lang: 'en', q: 'a'});
    other.subscribe(() => {});
    await pass(1_000);
    assert.deepEqual(idsOf(other.value), ['asked']);
    queries.dispose();
  });

  it('are asked for if they are none', async () => {
    const {queries, asked} = answering();
    const list = queries.products({}, {items: [{id: 'a'}], total: 'many'} as unknown as GivenPage);
    list.subscribe(() => {});
    assert.equal(list.value.status, 'loading');
    await pass(1_000);
    assert.deepEqual([idsOf(list.value), asked.length], [['asked'], 1]);
    queries.dispose();
  });
});

describe('many searches', () => {
  it('leave few questions behind; what is on the screen stays', () => {
    const {queries} = setUp(() => json({items: [], total: 0}));
    const first = queries.products({q: 'a'});
    const seen = queries.products({q: 'b'});
    const stop = seen.subscribe(() => {});
    for (let index = 0; index < 200; index++) queries.products({q: `typed ${index}`});
    assert.notEqual(queries.products({q: 'a'}), first, 'nobody looks at it: it is made anew');
    assert.equal(queries.products({q: 'b'}), seen);
    stop();
    queries.dispose();
  });
});

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readAhead, readPages, readWhole} from '../../src/upstreams/catalogue-pages.ts';
import {readRetryAfter} from '../../src/upstreams/exchange.ts';
import {fakeUpstream} from '../support/fake-upstream.ts';
import {pagedUpstream, pageSize} from '../support/paged-upstream.ts';
import {aGood} from '../support/upstream-goods.ts';

const signal = new AbortController().signal;
const collect = async <Page>(pages: AsyncIterable<Page>) => {
  const found: Page[] = [];
  for await (const page of pages) found.push(page);
  return found;
};

test('a catalogue that comes at once is one page, and the last one', async () => {
  const upstream = fakeUpstream({goods: [aGood()]});
  const pages = await collect(readPages(upstream, {}, signal));
  assert.equal(pages.length, 1);
  assert.deepEqual([pages[0]!.goods.length, pages[0]!.gone, pages[0]!.next], [1, [], undefined]);
});

test('what changed is one page where the protocol tells it and has no pages', async () => {
  const since: number[] = [];
  const upstream = Object.assign(fakeUpstream({capabilities: {delta: true}}), {
    delta: async (from: number) => {
      since.push(from);
      return {categories: [], goods: [], rejected: [], gone: ['A']};
    },
  });
  const [page] = await collect(readPages(upstream, {since: 7}, signal));
  assert.deepEqual([page!.gone, since], [['A'], [7]]);
});

test('pages are gone on with where somebody stopped', async () => {
  const goods = Array.from({length: pageSize * 3}, (_, index) => aGood({code: `G${index}`}));
  const upstream = pagedUpstream(goods);
  const [first] = await collect(readPages(upstream, {}, signal));
  const rest = await collect(readPages(upstream, {from: first!.next}, signal));
  assert.deepEqual(
    [...first!.goods, ...rest.flatMap(page => page.goods)].map(({code}) => code),
    goods.map(({code}) => code),
  );
  assert.equal((await readWhole(upstream.pages({}, signal))).goods.length, goods.length);
});

test('one page is asked for ahead, and no more', async () => {
  const asked: number[] = [];
  async function* source() {
    for (let page = 1; page <= 4; page++) {
      asked.push(page);
      yield page;
    }
  }
  const seen: number[] = [];
  for await (const page of readAhead(source())) {
    seen.push(page);
    await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(asked.at(-1), Math.min(page + 1, 4));
  }
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test('a page that cannot be read is told after those before it', async () => {
  async function* source() {
    yield 1;
    throw new Error('broken');
  }
  const seen: number[] = [];
  await assert.rejects(async () => {
    for await (const page of readAhead(source())) seen.push(page);
  }, /broken/);
  assert.deepEqual(seen, [1]);
});

const answers: readonly [number, Record<string, string>, number | undefined][] = [
  [200, {'retry-after': '5'}, undefined],
  [429, {}, 60_000],
  [429, {'retry-after': '120'}, 120_000],
  [429, {'retry-after': 'soon'}, 60_000],
  [429, {'retry-after': 'Fri, 27 Nov 2026 10:01:30 GMT', date: 'Fri, 27 Nov 2026 10:00:00 GMT'}, 90_000],
  [429, {'retry-after': 'Fri, 27 Nov 2026 09:00:00 GMT', date: 'Fri, 27 Nov 2026 10:00:00 GMT'}, 60_000],
  [503, {'retry-after': '30'}, 30_000],
  [503, {}, undefined],
  [500, {'retry-after': '30'}, undefined],
];
for (const [status, headers, expected] of answers) {
  test(`status ${status} with ${JSON.stringify(headers)} asks for ${expected ?? 'no'} milliseconds of peace`, () => {
    assert.equal(readRetryAfter(new Response('', {status, headers})), expected);
  });
}

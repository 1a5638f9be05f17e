import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Client} from '../../src/client/client.ts';
import {ConnectionError} from '../../src/client/errors.ts';
import type {Card, CardPage, CardQuery} from '../../src/contract/card.ts';
import {money} from '../../src/domain/money.ts';
import {createCardList} from '../../src/store/card-list.ts';

const card = (number: number): Card => ({
  skuId: `sku~${number}`,
  label: `${number}`,
  choices: {},
  price: money('12', 'CNY'),
  premium: money('2', 'CNY'),
});

interface Question {
  readonly productId: string;
  readonly query: CardQuery;
  readonly signal: AbortSignal;
  answer(numbers: readonly number[], page?: Partial<CardPage>): Promise<void>;
  fail(): Promise<void>;
}

/** A list whose questions are answered by hand. */
function openList(lang?: string) {
  const questions: Question[] = [];
  const client = {
    listCards: (productId: string, query: CardQuery, {signal}: {signal: AbortSignal}) => {
      const {promise, resolve, reject} = Promise.withResolvers<CardPage>();
      const settled = () => new Promise<void>(done => setImmediate(done));
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      questions.push({
        productId,
        query,
        signal,
        answer: (numbers, page) => {
          resolve({items: numbers.map(card), total: numbers.length, ...page});
          return settled();
        },
        fail: () => {
          reject(new ConnectionError('connection', 'No answer.'));
          return settled();
        },
      });
      return promise;
    },
  } as unknown as Client;
  const list = createCardList(client, {productId: 'prd', skuId: 'sku', lang});
  const numbers = () => ('data' in list.value ? list.value.data?.items.map(({label}) => Number(label)) : undefined);
  return {list, questions, numbers};
}

describe('the cards of a SKU', () => {
  it('are asked for while somebody listens, in the reader’s language', async () => {
    const {list, questions, numbers} = openList('en');
    assert.equal(questions.length, 0);
    const stop = list.subscribe(() => {});
    assert.deepEqual([questions[0]!.productId, questions[0]!.query], ['prd', {sku: 'sku', lang: 'en'}]);
    assert.equal(list.value.status, 'loading');
    await questions[0]!.answer([3, 2]);
    assert.deepEqual([list.value.status, numbers()], ['ready', [3, 2]]);
    stop();
    assert.ok(questions[0]!.signal.aborted);
  });

  it('come page by page; a card that comes a second time stands there once', async () => {
    const {list, questions, numbers} = openList();
    list.subscribe(() => {});
    await questions[0]!.answer([5, 4], {total: 4, nextCursor: 'o2'});
    void list.loadMore();
    void list.loadMore();
    assert.equal(questions.length, 2);
    assert.equal(questions[1]!.query.cursor, 'o2');
    assert.ok(list.value.status === 'ready' && list.value.data.loadingMore);
    await questions[1]!.answer([4, 3, 2], {total: 4});
    assert.deepEqual(numbers(), [5, 4, 3, 2]);
    assert.ok(list.value.status === 'ready' && !list.value.data.hasMore && !list.value.data.loadingMore);
    await list.loadMore();
    assert.equal(questions.length, 2);
  });

  it('are asked for anew from the first page on; an answer that was under way is not waited for', async () => {
    const {list, questions, numbers} = openList();
    list.subscribe(() => {});
    await questions[0]!.answer([5, 4], {total: 3, nextCursor: 'o2'});
    void list.loadMore();
    void list.refresh();
    assert.ok(questions[1]!.signal.aborted);
    await questions[1]!.answer([3]);
    await questions[2]!.answer([4, 3]);
    assert.deepEqual(numbers(), [4, 3]);
  });

  it('stay when no more can be had, and the same page is tried again', async () => {
    const {list, questions, numbers} = openList();
    list.subscribe(() => {});
    await questions[0]!.answer([5], {total: 2, nextCursor: 'o1'});
    void list.loadMore();
    await questions[1]!.fail();
    assert.deepEqual([list.value.status, numbers()], ['failed', [5]]);
    if (list.value.status === 'failed') list.value.retry();
    assert.equal(questions[2]!.query.cursor, 'o1');
    await questions[2]!.answer([4], {total: 2});
    assert.deepEqual(numbers(), [5, 4]);
  });

  it('can be asked for again when the first answer did not come', async () => {
    const {list, questions, numbers} = openList();
    list.subscribe(() => {});
    await questions[0]!.fail();
    assert.deepEqual([list.value.status, numbers()], ['failed', undefined]);
    if (list.value.status === 'failed') list.value.retry();
    await questions[1]!.answer([1]);
    assert.deepEqual(numbers(), [1]);
  });
});

import assert from 'node:assert/strict';
import {afterEach, describe, it, mock} from 'node:test';
import fc from 'fast-check';
import {parse} from 'yaml';
import {readFileSync} from 'node:fs';
import {inspect} from 'node:util';
import {createClient, type Client} from '../../src/client/client.ts';
import {
  isConnectionError,
  isKeystallError,
  isTimeoutError,
  isUnreadableAnswerError,
  ProblemError,
} from '../../src/client/errors.ts';
import {isProblem} from '../../src/client/is-problem.ts';
import {problemErrors} from '../../src/client/problem-errors.ts';
import {problemStatuses, type ProblemCode} from '../../src/contract/problem.ts';
import {order, payment, quote, ticket} from '../store/support/builders.ts';

const address = 'https://shop.example';

/** A client whose server answers as told, and the requests it was sent. */
function clientOf(answer: (request: Request) => Response | Promise<Response>, lang?: string) {
  const requests: Request[] = [];
  const fake: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    requests.push(request.clone());
    return answer(request);
  };
  return {client: createClient({address: `${address}/`, fetch: fake, lang, timeout: 1_000}), requests};
}

function json(value: unknown, status = 200, type = 'application/json'): Response {
  return new Response(JSON.stringify(value), {status, headers: {'content-type': type}});
}

const shopInfo = {name: 'Card shop', currency: 'CNY', locales: ['zh-CN'], paymentMethods: [], notices: []};
const token = 'order-token-secret';
const idempotencyKey = 'intent-1-000000000000';

interface Example {
  readonly call: (client: Client) => Promise<unknown>;
  readonly answer: unknown;
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const examples: Readonly<Record<string, Example>> = {
  getShop: {call: client => client.getShop({lang: 'en'}), answer: shopInfo, request: 'GET /v1/shop?lang=en'},
  listCategories: {
    call: client => client.listCategories(),
    answer: {items: [{id: 'c1', name: 'Games', productCount: 2}]},
    request: 'GET /v1/categories?lang=zh-CN',
  },
  listProducts: {
    call: client => client.listProducts({q: '点卡 & more', sort: 'title', limit: 10, cursor: 'a/b'}),
    answer: {items: [], total: 0},
    request: `GET /v1/products?q=${encodeURIComponent('点卡').concat('+%26+more')}&sort=title&limit=10&cursor=a%2Fb&lang=zh-CN`,
  },
  getProduct: {
    call: client => client.getProduct('a/../b'),
    answer: {
      id: 'p',
      title: 'Card',
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
      skus: [],
    },
    request: 'GET /v1/products/a%2F..%2Fb?lang=zh-CN',
  },
  listCards: {
    call: client => client.listCards('p', {sku: 's', cursor: 'o24'}),
    answer: {
      items: [
        {
          skuId: 's~1',
          label: '尾号8888',
          choices: {自选卡密: '尾号8888'},
          price: {amount: '12.00', currency: 'CNY'},
          premium: {amount: '2.00', currency: 'CNY'},
        },
      ],
      total: 1,
    },
    request: 'GET /v1/products/p/cards?sku=s&cursor=o24&lang=zh-CN',
  },
  createQuote: {
    call: client => client.createQuote({lines: [{skuId: 's', quantity: 2}]}),
    answer: quote(),
    request: 'POST /v1/quotes',
    body: {lang: 'zh-CN', lines: [{skuId: 's', quantity: 2}]},
  },
  placeOrder: {
    call: client => client.placeOrder({quote: 'q', contact: 'a@b.example'}, {idempotencyKey}),
    answer: {order: order(), token},
    request: 'POST /v1/orders',
    headers: {'idempotency-key': idempotencyKey},
    body: {quote: 'q', contact: 'a@b.example'},
  },
  getOrder: {
    call: client => client.getOrder('order-1', {token}),
    answer: order(),
    request: 'GET /v1/orders/order-1',
    headers: {authorization: `Bearer ${token}`},
  },
  openPayment: {
    call: client => client.openPayment('order-1', {method: 'qr'}, {token, idempotencyKey}),
    answer: payment(),
    request: 'POST /v1/orders/order-1/payments',
    headers: {authorization: `Bearer ${token}`, 'idempotency-key': idempotencyKey},
    body: {method: 'qr'},
  },
  revealKeys: {
    call: client => client.revealKeys('order-1', {token}),
    answer: {keys: [{id: 'k', lineId: 'l', title: 'Card', secret: {kind: 'code', code: 'ABCD'}}], revealCount: 1},
    request: 'POST /v1/orders/order-1/keys',
    headers: {authorization: `Bearer ${token}`},
  },
  lookUpOrder: {
    call: client => client.lookUpOrder({number: '1', contact: 'a@b.example', password: 'sesame'}),
    answer: {order: order(), token},
    request: 'POST /v1/orders/lookup',
    body: {number: '1', contact: 'a@b.example', password: 'sesame'},
  },
  listKeys: {
    call: client => client.listKeys('order-1', {token}),
    answer: {items: [{id: 'k', lineId: 'l', title: 'Card', place: 1}]},
    request: 'GET /v1/orders/order-1/keys',
    headers: {authorization: `Bearer ${token}`},
  },
  listTickets: {
    call: client => client.listTickets('order-1', {token}),
    answer: {items: [ticket()]},
    request: 'GET /v1/orders/order-1/tickets',
    headers: {authorization: `Bearer ${token}`},
  },
  openTicket: {
    call: client => client.openTicket('order-1', {reason: 'other', text: 'x'}, {token, idempotencyKey}),
    answer: ticket(),
    request: 'POST /v1/orders/order-1/tickets',
    headers: {authorization: `Bearer ${token}`, 'idempotency-key': idempotencyKey},
    body: {reason: 'other', text: 'x'},
  },
  getTicket: {
    call: client => client.getTicket('t/1', {token}),
    answer: ticket(),
    request: 'GET /v1/tickets/t%2F1',
    headers: {authorization: `Bearer ${token}`},
  },
  writeToTicket: {
    call: client => client.writeToTicket('t1', {text: 'x'}, {token, idempotencyKey}),
    answer: ticket(),
    request: 'POST /v1/tickets/t1/messages',
    headers: {authorization: `Bearer ${token}`, 'idempotency-key': idempotencyKey},
    body: {text: 'x'},
  },
};

describe('each operation', () => {
  it('of the contract that a page may call is a method of the client', () => {
    const document = parse(readFileSync('src/contract/openapi.yaml', 'utf8')) as {
      paths: Record<string, Record<string, {operationId: string; tags: string[]}>>;
    };
    const operations = Object.values(document.paths)
      .flatMap(methods => Object.values(methods))
      .filter(({tags}) => !tags.some(tag => ['provider', 'console', 'frame'].includes(tag)))
      .map(({operationId}) => operationId);
    const {client} = clientOf(() => json({}));
    const {address: _, ...methods} = client;
    assert.deepEqual(Object.keys(methods).sort(), operations.sort());
  });

  for (const [name, {call, answer, request, headers = {}, body}] of Object.entries(examples)) {
    it(`${name} asks as the contract says and answers what was sent`, async () => {
      const {client, requests} = clientOf(() => json(answer), 'zh-CN');
      const result = await call(client);
      assert.deepEqual(
        result,
        name.startsWith('list') && !('total' in (answer as object)) ? (answer as {items: unknown}).items : answer,
      );
      const [sent] = requests;
      assert.equal(requests.length, 1);
      assert.equal(`${sent!.method} ${sent!.url.slice(address.length)}`, request);
      assert.equal(sent!.credentials, 'omit');
      assert.equal(sent!.headers.get('authorization'), headers['authorization'] ?? null);
      assert.equal(sent!.headers.get('idempotency-key'), headers['idempotency-key'] ?? null);
      const text = await sent!.text();
      assert.deepEqual(text === '' ? undefined : JSON.parse(text), body);
      assert.equal(sent!.headers.get('content-type'), body === undefined ? null : 'application/json');
      assert.ok(!sent!.url.includes(token));
    });

    it(`${name} refuses an answer that is not what the contract says`, async () => {
      for (const wrong of [() => json({surprise: true}), () => new Response('<html>'), () => json(null)]) {
        await assert.rejects(call(clientOf(wrong).client), isUnreadableAnswerError);
      }
    });
  }

  it('addEvidence sends the file as it is, and getEvidence answers it', async () => {
    const file = new Blob(['%PDF-1'], {type: 'application/pdf'});
    const {client, requests} = clientOf(({method}) =>
      method === 'POST' ? json(ticket(), 201) : new Response(file, {headers: {'content-type': 'application/pdf'}}),
    );
    assert.deepEqual(await client.addEvidence('t1', file, {token, idempotencyKey}), ticket());
    assert.equal(await (await client.getEvidence('t1', 'e/1', {token})).text(), '%PDF-1');
    const [sent, asked] = requests;
    assert.equal(await sent!.text(), '%PDF-1');
    assert.equal(sent!.headers.get('idempotency-key'), idempotencyKey);
    assert.equal(asked!.url, `${address}/v1/tickets/t1/evidence/e%2F1`);
    for (const each of requests) assert.equal(each.headers.get('authorization'), `Bearer ${token}`);
  });

  it('getCover answers the picture', async () => {
    const {client, requests} = clientOf(() => new Response('picture', {headers: {'content-type': 'image/webp'}}));
    const picture = await client.getCover('p 1');
    assert.equal(await picture.text(), 'picture');
    assert.equal(requests[0]!.url, `${address}/v1/products/p%201/cover`);
  });

  it('getPicture answers one of the further pictures', async () => {
    const {client, requests} = clientOf(() => new Response('picture', {headers: {'content-type': 'image/webp'}}));
    assert.equal(await (await client.getPicture('p 1', 3)).text(), 'picture');
    assert.equal(requests[0]!.url, `${address}/v1/products/p%201/pictures/3`);
  });

  it('getProduct goes past the cache where a fresh answer is asked for', async () => {
    const {client, requests} = clientOf(() => json({surprise: true}));
    for (const fresh of [true, false]) await assert.rejects(client.getProduct('p', {fresh}), isUnreadableAnswerError);
    assert.deepEqual(
      requests.map(({cache}) => cache),
      ['no-cache', 'default'],
    );
  });
});

describe('each problem code', () => {
  for (const [code, status] of Object.entries(problemStatuses) as [ProblemCode, number][]) {
    it(`${code} has a class of its own`, async () => {
      const errors = [{path: 'lines.0.quantity', message: 'is not whole'}];
      const body = {type: 'about:blank', title: 'No.', status, code, detail: 'Because.', errors};
      const {client, requests} = clientOf(() => json(body, status, 'application/problem+json'));
      const error = await client.getShop().catch((thrown: unknown) => thrown);
      assert.ok(error instanceof problemErrors[code]);
      assert.ok(isProblem(error, code));
      assert.equal(Object.keys(problemErrors).filter(other => isProblem(error, other as ProblemCode)).length, 1);
      const name = code.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
      assert.equal(error.name, name.endsWith('Error') ? name : `${name}Error`);
      assert.equal(error.status, status);
      assert.deepEqual(error.errors, errors);
      assert.match(error.message, /No\.: Because\./);
      assert.equal(requests.length, 1);
    });
  }

  it('for what was tried too often says how long to wait, where the server does', async () => {
    const body = {type: 'about:blank', title: 'No.', status: 429, code: 'too_many_attempts'};
    for (const [said, seconds] of [
      ['1800', 1800],
      ['soon', undefined],
      [undefined, undefined],
    ] as const) {
      const {client} = clientOf(() => {
        const answer = json(body, 429, 'application/problem+json');
        if (said) answer.headers.set('retry-after', said);
        return answer;
      });
      const error = await client.getShop().catch((thrown: unknown) => thrown);
      assert.ok(isProblem(error, 'too_many_attempts'));
      assert.equal(error.retryAfter, seconds);
    }
  });

  it('that this build does not know is kept as it came', async () => {
    for (const code of ['brand_new', 'constructor', '__proto__']) {
      const body = {type: 'about:blank', title: 'New', status: 418, code};
      const error = await clientOf(() => json(body, 418, 'application/problem+json'))
        .client.getShop()
        .catch((thrown: unknown) => thrown);
      assert.ok(error instanceof ProblemError);
      assert.equal(error.code, code);
      assert.equal(error.name, 'ProblemError');
    }
  });
});

describe('what is no answer', () => {
  it('is a ConnectionError with its cause, asked for once', async () => {
    const {client, requests} = clientOf(() => Promise.reject(new TypeError('fetch failed')));
    const error = await client.getShop().catch((thrown: unknown) => thrown);
    assert.ok(isConnectionError(error));
    assert.ok(!isTimeoutError(error));
    assert.equal(error.code, 'connection');
    assert.equal(error.status, undefined);
    assert.ok(error.cause instanceof TypeError);
    assert.equal(requests.length, 1);
  });

  it('is a ConnectionError when it breaks off in the middle', async () => {
    const broken = () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"name": '));
        },
        pull(controller) {
          controller.error(new TypeError('terminated'));
        },
      });
    await assert.rejects(clientOf(() => new Response(broken())).client.getShop(), isConnectionError);
  });

  it('is unreadable, with its status, when a proxy answers in the place of the shop', async () => {
    const {client} = clientOf(() => new Response('<h1>Bad gateway</h1>', {status: 502}));
    const error = await client.getShop().catch((thrown: unknown) => thrown);
    assert.ok(isUnreadableAnswerError(error));
    assert.equal(error.status, 502);
  });

  describe('in time', () => {
    afterEach(() => {
      mock.timers.reset();
    });

    it('is a TimeoutError, which is a ConnectionError, too', async () => {
      mock.timers.enable({apis: ['setTimeout']});
      const {client} = clientOf(() => new Promise(() => {}));
      const asking = client.getShop().catch((thrown: unknown) => thrown);
      await new Promise(resolve => setImmediate(resolve));
      mock.timers.tick(1_000);
      const error = await asking;
      assert.ok(isTimeoutError(error));
      assert.ok(isConnectionError(error));
      assert.match(error.message, /in time/);
    });
  });
});

describe('aborting', () => {
  it('rejects with the reason, before and during a request', async () => {
    const reason = new Error('the page went away');
    const {client} = clientOf(
      ({signal}) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    );
    await assert.rejects(client.getShop({signal: AbortSignal.abort(reason)}), reason);
    const controller = new AbortController();
    const asking = client.placeOrder({quote: 'q', contact: 'c'}, {idempotencyKey, signal: controller.signal});
    setImmediate(() => {
      controller.abort(reason);
    });
    await assert.rejects(asking, reason);
  });
});

describe('an address', () => {
  it('must be an http(s) origin', () => {
    for (const wrong of ['', 'shop.example', '/shop', 'ftp://shop.example', 'javascript:alert(1)']) {
      assert.throws(() => createClient({address: wrong}), {name: 'TypeError', message: /https:\/\/shop\.example/});
    }
    assert.equal(createClient({address: 'http://localhost:8080/some/page?x#y'}).address, 'http://localhost:8080');
  });
});

describe('the stream of an order', () => {
  const stream = (...chunks: readonly string[]) =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
          controller.close();
        },
      }),
      {headers: {'content-type': 'text/event-stream'}},
    );
  const event = (value: unknown) => `event: order\ndata: ${JSON.stringify(value)}\n\n`;
  const all = async (client: Client, signal?: AbortSignal) => {
    const seen = [];
    for await (const each of client.watchOrder('order-1', {token, signal})) seen.push(each);
    return seen;
  };

  it('brings each order, sends the token in a header, and passes over other events and comments', async () => {
    const text = `: hello\n\n${event(order())}event: other\ndata: {}\n\n${event(order({state: 'paid'}))}`;
    const {client, requests} = clientOf(() => stream(text));
    assert.deepEqual(await all(client), [order(), order({state: 'paid'})]);
    assert.equal(requests[0]!.url, `${address}/v1/orders/order-1/events`);
    assert.equal(requests[0]!.headers.get('authorization'), `Bearer ${token}`);
    assert.equal(requests[0]!.headers.get('accept'), 'text/event-stream');
  });

  it('is the same wherever the network cuts it', async () => {
    const text = event(order({number: '中文'})) + event(order({state: 'delivered'}));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length)), async cuts => {
        const places = [0, ...cuts.sort((left, right) => left - right), text.length];
        const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
        assert.equal((await all(clientOf(() => stream(...chunks)).client)).length, 2);
      }),
      {numRuns: 50},
    );
  });

  it('says so when an event is no order, and when the server refuses', async () => {
    await assert.rejects(all(clientOf(() => stream('event: order\ndata: {}\n\n')).client), isUnreadableAnswerError);
    await assert.rejects(all(clientOf(() => stream('event: order\ndata: x\n\n')).client), isUnreadableAnswerError);
    const refusal = {type: 'about:blank', title: 'No', status: 403, code: 'order_token_invalid'};
    const {client} = clientOf(() => json(refusal, 403, 'application/problem+json'));
    await assert.rejects(all(client), error => isProblem(error, 'order_token_invalid'));
  });

  it('ends with the reason when aborted, and its connection with it', async () => {
    let isCanceled = false;
    const {client} = clientOf(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            start(controller) {
              controller.enqueue(new TextEncoder().encode(event(order())));
            },
            cancel() {
              isCanceled = true;
            },
          }),
        ),
    );
    for await (const seen of client.watchOrder('order-1', {token})) {
      assert.equal(seen.id, 'order-1');
      break;
    }
    await new Promise(resolve => setImmediate(resolve));
    assert.ok(isCanceled);
  });
});

it('errors hold neither the token nor what was answered', async () => {
  const card = 'CARD-1234-5678';
  const refusal = {type: 'about:blank', title: 'No', status: 403, code: 'order_token_invalid'};
  const answers = [
    () => json(refusal, 403, 'application/problem+json'),
    () => Promise.reject(new TypeError('fetch failed')),
    () => new Response(`{"keys": ${card}`),
    () => json({keys: [{id: 'k', lineId: 'l', title: 't', secret: card}], revealCount: 1}),
    () => json({keys: card}, 500),
  ];
  for (const answer of answers) {
    const error = await clientOf(answer)
      .client.revealKeys('order-1', {token})
      .catch((thrown: unknown) => thrown);
    assert.ok(isKeystallError(error));
    const shown = inspect(error, {depth: 10, showHidden: true});
    assert.ok(!shown.includes(token), shown);
    assert.ok(!shown.includes(card), shown);
  }
});

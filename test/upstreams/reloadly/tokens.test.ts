import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isUpstreamError} from '../../../src/upstreams/port.ts';
import {clientSecret, order, patient, problem, reloadlyWith, request} from './scripted-reloadly.ts';

const tokenPath = 'POST /oauth/token';
const day = 24 * 3_600_000;

describe('a token', () => {
  it('is asked for as published, of the token service alone, and carried as a bearer', async () => {
    const {shop, sent, asked} = reloadlyWith({});
    await shop.connect(patient);
    assert.deepEqual(
      asked(tokenPath).map(({origin, body}) => [origin, body]),
      [
        [
          'https://auth.reloadly.com',
          '{"client_id":"test_id","client_secret":"test_secret","grant_type":"client_credentials","audience":"https://giftcards-sandbox.reloadly.com"}',
        ],
      ],
    );
    const {bearer, accept, origin} = asked('GET /accounts/balance')[0]!;
    assert.deepEqual(
      [bearer, accept, origin],
      ['Bearer token-1', 'application/com.reloadly.giftcards-v1+json', 'https://giftcards-sandbox.reloadly.com'],
    );
    for (const {question, body, query} of sent.filter(one => one.question !== tokenPath)) {
      assert.ok(!`${question}${body}${query}`.includes(clientSecret));
    }
  });

  it('is kept until shortly before it ends', async () => {
    let now = Date.UTC(2026, 0, 1);
    const {shop, asked} = reloadlyWith({}, {clock: {now: () => now}});
    await shop.connect(patient);
    now += 59 * day - 1;
    await shop.connect(patient);
    assert.equal(asked(tokenPath).length, 1);
    now += 1;
    await shop.connect(patient);
    assert.deepEqual(
      asked('GET /accounts/balance').map(({bearer}) => bearer),
      ['Bearer token-1', 'Bearer token-1', 'Bearer token-2'],
    );
  });

  it('is asked for once by however many need it at one time', async () => {
    const {promise, resolve} = Promise.withResolvers<unknown>();
    const {shop, asked} = reloadlyWith({[tokenPath]: () => promise});
    const impatient = new AbortController();
    const waiting = [shop.connect(patient), shop.catalogue(patient).catch(() => undefined), shop.connect(patient)];
    const gone = shop.connect(impatient.signal);
    impatient.abort();
    await assert.rejects(gone, {name: 'UpstreamError', reason: 'connection'});
    resolve({access_token: 'token-1', expires_in: 100});
    await Promise.all(waiting);
    assert.equal(asked(tokenPath).length, 1, 'who stops waiting stops nobody else');
  });

  it('that is not taken any more is had anew, once, for a purchase as well', async () => {
    const stale = () => problem(401, 'Full authentication is required', 'INVALID_TOKEN');
    const {shop, asked} = reloadlyWith({'POST /orders': (times: number) => (times === 1 ? stale() : order())});
    const outcome = await shop.buy(request(), patient);
    assert.equal(outcome.kind, 'accepted');
    assert.deepEqual(
      asked('POST /orders').map(({bearer}) => bearer),
      ['Bearer token-1', 'Bearer token-2'],
    );
    const never = reloadlyWith({'POST /orders': stale});
    const refused = await never.shop.buy(request(), patient);
    assert.ok(refused.kind === 'refused' && refused.reason === 'credentials' && refused.code === 'INVALID_TOKEN');
    assert.equal(never.asked('POST /orders').length, 2);
  });

  it('that cannot be had says why, and a purchase was not sent', async () => {
    for (const [answer, reason, why] of [
      [problem(401, 'Access Denied', 'INVALID_CREDENTIALS'), 'credentials', 'credentials'],
      [problem(500, 'Oops'), 'unexpected_answer', 'other'],
      [new Response('<title>Down</title>'), 'not_json', 'other'],
      [{access_token: 'a b', expires_in: 1}, 'unexpected_answer', 'other'],
    ] as const) {
      const {shop, asked} = reloadlyWith({[tokenPath]: answer});
      await assert.rejects(shop.connect(patient), {name: 'UpstreamError', reason});
      const outcome = await shop.buy(request(), patient);
      assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['refused', why]);
      assert.equal(asked('POST /orders').length, 0);
    }
  });

  it('shows in no error, and neither does the secret', async () => {
    for (const answers of [
      {[tokenPath]: problem(401, clientSecret, 'INVALID_CREDENTIALS')},
      {[tokenPath]: new Response(`<title>${clientSecret}</title>`)},
      {'GET /accounts/balance': problem(400, 'you are token-1')},
      {'GET /accounts/balance': new Response('<title>token-1</title>')},
    ]) {
      const error: unknown = await reloadlyWith(answers)
        .shop.connect(patient)
        .catch((caught: unknown) => caught);
      assert.ok(isUpstreamError(error));
      assert.doesNotMatch(`${error.message} ${error.code ?? ''}`, /test_secret|token-1/);
    }
  });
});

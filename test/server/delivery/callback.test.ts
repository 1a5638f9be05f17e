import assert from 'node:assert/strict';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, it, type TestContext} from 'node:test';
import {Webhook} from 'standardwebhooks';
import * as v from 'valibot';
import {orderNoticeSchema, type OrderNotice} from '../../../src/contract/delivery.ts';
import {createCallbackChannel} from '../../../src/server/delivery/callback/callback-channel.ts';
import type {SendOutcome} from '../../../src/server/delivery/port.ts';
import {retryPausesMs} from '../../../src/server/delivery/send-delivery.ts';
import {fakeClock} from '../../support/fake-clock.ts';
import {aMessage, canary} from '../../support/messages.ts';
import {signal, sweepWithoutJobs} from '../../support/one-purchase.ts';
import {openShop} from '../../support/shop-server.ts';

const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

interface Receiver {
  readonly url: string;
  readonly taken: readonly {readonly headers: IncomingHttpHeaders; readonly body: string}[];
  status: number;
}

async function openReceiver(test: TestContext): Promise<Receiver> {
  const taken: {headers: IncomingHttpHeaders; body: string}[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', part => (body += part));
    request.once('end', () => {
      taken.push({headers: request.headers, body});
      response.writeHead(receiver.status, {Location: 'http://127.0.0.1:1/'}).end(`you sent ${body}`);
    });
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken,
    status: 204,
  };
  return receiver;
}

const clock = fakeClock(Date.now());
const channelTo = (url: string, overrides: {keys?: boolean; allowPrivateAddresses?: boolean} = {}) =>
  createCallbackChannel({url, secret, keys: false, allowPrivateAddresses: true, clock, ...overrides});

function failure(outcome: SendOutcome, text: RegExp, isFinal = false): void {
  assert.ok(outcome.kind === 'not_sent');
  assert.match(outcome.text, text);
  assert.equal(outcome.isFinal, isFinal);
  assert.ok(!outcome.text.includes(canary));
}

describe('a callback', () => {
  it('is signed, says what openapi.yaml says, and holds no key unless that is configured', async test => {
    const receiver = await openReceiver(test);
    assert.equal((await channelTo(receiver.url).send(aMessage({keys: []}), signal)).kind, 'sent');
    assert.equal((await channelTo(receiver.url, {keys: true}).send(aMessage(), signal)).kind, 'sent');
    const [plain, withKeys] = receiver.taken.map(({headers, body}) => {
      const verified = new Webhook(secret).verify(body, headers as Record<string, string>) as OrderNotice;
      assert.equal(headers['webhook-id'], verified.id);
      return v.parse(v.strictObject(orderNoticeSchema.entries), verified);
    });
    assert.deepEqual(
      [plain!.type, plain!.order.number, plain!.keys],
      ['order.keys_delivered', '261128120000123456', undefined],
    );
    assert.ok(!JSON.stringify(receiver.taken[0]).includes('mei@example.com'), 'whose order it is, the shop knows');
    assert.deepEqual(withKeys!.keys![0]!.secret, {kind: 'code', code: canary});
    const forged = receiver.taken[0]!.body.replace('delivered', 'refunded');
    assert.throws(() => new Webhook(secret).verify(forged, receiver.taken[0]!.headers as Record<string, string>));
  });

  it('that is not taken is tried again, unless the receiver is gone for good', async test => {
    const receiver = await openReceiver(test);
    const send = (status: number) => {
      receiver.status = status;
      return channelTo(receiver.url, {keys: true}).send(aMessage(), signal);
    };
    for (const status of [400, 401, 404, 429, 500, 503]) failure(await send(status), new RegExp(`status ${status}`));
    for (const status of [301, 302, 307, 308]) failure(await send(status), /sends elsewhere/);
    failure(await send(410), /gone/, true);
    assert.equal(receiver.taken.length, 11, 'and nobody else was asked');
  });

  it('goes to no private address unless that is configured', async test => {
    const receiver = await openReceiver(test);
    const {port} = new URL(receiver.url);
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
      const channel = channelTo(`http://${host}:${port}/`, {allowPrivateAddresses: false});
      failure(await channel.send(aMessage(), signal), /private network/);
    }
    assert.equal(receiver.taken.length, 0);
  });
});

describe('callbacks of a shop', () => {
  it('come at least once under one id, also where its process died before it could note that they had', async test => {
    const receiver = await openReceiver(test);
    const shop = await openShop({delivery: [channelTo(receiver.url)]});
    await shop.placePaid();
    // The database goes away between the sending and the mark.
    const keep = shop.store.transaction;
    shop.store.transaction = async work =>
      receiver.taken.length === 1 ? Promise.reject(new Error('the process is gone')) : keep(work);
    await shop.work();
    assert.equal(receiver.taken.length, 1);
    shop.store.transaction = keep;
    shop.clock.advance(120_000);
    await sweepWithoutJobs(shop);
    await shop.work();
    const ids = receiver.taken.map(({headers}) => headers['webhook-id']);
    assert.equal(ids.length, 2);
    assert.equal(new Set(ids).size, 1);
    await shop.work(86_400_000);
    assert.equal(receiver.taken.length, 2);
  });

  it('reach a receiver that was away for an hour', async test => {
    const receiver = await openReceiver(test);
    receiver.status = 503;
    const shop = await openShop({delivery: [channelTo(receiver.url)]});
    const placed = await shop.placePaid();
    await shop.work();
    assert.equal((await shop.order(placed)).deliveries, undefined, 'no business of the buyer’s');
    for (const pause of retryPausesMs.slice(0, 3)) await shop.work(pause);
    receiver.status = 200;
    await shop.work(retryPausesMs[3]);
    assert.equal((await shop.store.deliveries(placed.order.id))[0]!.state, 'sent');
    const notices = receiver.taken.map(({body}) => JSON.parse(body) as OrderNotice);
    assert.ok(notices.length === 5 && notices.every(({order}) => order.id === placed.order.id));
  });
});

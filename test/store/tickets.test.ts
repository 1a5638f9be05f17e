import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isProblem} from '../../src/client/is-problem.ts';
import type {Client} from '../../src/client/client.ts';
import {ConnectionError} from '../../src/client/errors.ts';
import {problemError} from '../../src/client/problem-errors.ts';
import type {Ticket} from '../../src/contract/ticket.ts';
import {problemStatuses, type ProblemCode} from '../../src/contract/problem.ts';
import {createOrderTokens} from '../../src/store/order-tokens.ts';
import {createTickets} from '../../src/store/tickets.ts';
import {createVault} from '../../src/store/vault.ts';
import {ticket} from './support/builders.ts';
import {FakeDevice, turns} from './support/fake-device.ts';

const problem = (code: ProblemCode) =>
  problemError({type: 'about:blank', title: code, status: problemStatuses[code], code});
const lost = () => new ConnectionError('connection', 'no answer');

/** After-sales on a device that holds the order's token, and a client that answers as told. */
async function setUp(client: Partial<Client>) {
  const device = new FakeDevice();
  const {environment} = device.tab();
  const vault = createVault(environment, 'https://shop.example');
  await vault.keepOrder({id: 'order-1', number: '1', createdAt: '2026-01-01T00:00:00.000Z', token: 'token-1'});
  const news: string[] = [];
  const tickets = createTickets({
    client: client as Client,
    environment,
    tokens: createOrderTokens(vault),
    onNews: orderId => news.push(orderId),
  });
  return {device, tickets, news};
}

describe('the tickets of an order', () => {
  it('are asked for again while somebody listens, and not a moment longer', async () => {
    let asked = 0;
    const {device, tickets} = await setUp({listTickets: async () => (asked++, [ticket()])});
    const list = tickets.of('order-1');
    assert.equal(tickets.of('order-1'), list);
    await device.advance(60_000);
    assert.equal(asked, 0);
    const stop = list.subscribe(() => {});
    await turns();
    assert.equal(asked, 1);
    assert.equal(list.value.status, 'ready');
    await device.advance(10_500);
    assert.equal(asked, 2);
    device.wakeUp();
    await turns();
    assert.equal(asked, 3);
    stop();
    await turns();
    assert.equal(device.nextTimer, undefined);
    await device.advance(60_000);
    assert.equal(asked, 3);
  });

  it('tell of what the shop has said since, once', async () => {
    let current = ticket();
    const {device, tickets, news} = await setUp({listTickets: async () => [current]});
    tickets.of('order-1').subscribe(() => {});
    await device.advance(10_500);
    assert.deepEqual(news, []);
    const answer = {id: 'm2', from: 'shop', text: 'Here is another key.', at: current.createdAt} as const;
    current = ticket({state: 'resolved', outcome: {kind: 'reissue'}, messages: [...current.messages, answer]});
    await device.advance(30_000);
    assert.deepEqual(news, ['order-1']);
  });

  it('keep what is known when the shop cannot be reached, and come back', async () => {
    let isDown = false;
    const {device, tickets} = await setUp({
      listTickets: async () => {
        if (isDown) throw lost();
        return [ticket()];
      },
    });
    const list = tickets.of('order-1');
    list.subscribe(() => {});
    await turns();
    isDown = true;
    await device.advance(10_500);
    const {value} = list;
    assert.equal(value.status, 'failed');
    assert.deepEqual('data' in value && value.data, [ticket()]);
    isDown = false;
    await device.advance(60_000);
    assert.equal(list.value.status, 'ready');
  });

  it('are refused where the device does not know the order; asked again when it does', async () => {
    const {tickets, device} = await setUp({listTickets: async (_, {token}) => (assert.equal(token, 'token-9'), [])});
    const list = tickets.of('order-9');
    list.subscribe(() => {});
    await turns();
    assert.ok(list.value.status === 'failed' && isProblem(list.value.error, 'order_token_missing'));
    await device.advance(60_000);
    assert.equal(list.value.status, 'failed');
    tickets.of('order-9', 'token-9');
    await device.advance(11_000);
    assert.equal(list.value.status, 'ready');
  });
});

describe('what a buyer does about a ticket', () => {
  it('is sent again under the same key when the answer is lost, and shows in the list at once', async () => {
    const keys: string[] = [];
    const answers: (Ticket | Error)[] = [lost(), problem('internal_error'), ticket({id: 'ticket-2'})];
    const {device, tickets} = await setUp({
      listTickets: async () => [ticket()],
      openTicket: async (_, __, {idempotencyKey, token}) => {
        assert.equal(token, 'token-1');
        keys.push(idempotencyKey);
        const answer = answers.shift()!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
    const list = tickets.of('order-1');
    list.subscribe(() => {});
    await turns();
    const opening = tickets.open('order-1', {reason: 'other', text: 'x'}, 'key-1');
    await device.advance(4_000);
    assert.equal((await opening).id, 'ticket-2');
    assert.deepEqual(keys, ['key-1', 'key-1', 'key-1']);
    assert.ok(list.value.status === 'ready');
    assert.deepEqual(
      list.value.data.map(({id}) => id),
      ['ticket-2', 'ticket-1'],
    );
  });

  for (const code of ['ticket_closed', 'too_many_attempts', 'idempotency_key_reused'] as const) {
    it(`is sent once where the shop says ${code}`, async () => {
      let asked = 0;
      const {tickets} = await setUp({
        writeToTicket: async () => {
          asked++;
          throw problem(code);
        },
      });
      await assert.rejects(tickets.write(ticket(), 'x', 'key-1'), error => isProblem(error, code));
      assert.equal(asked, 1);
    });
  }

  it('is given up after some tries', async () => {
    let asked = 0;
    const {device, tickets} = await setUp({
      addEvidence: async () => {
        asked++;
        throw lost();
      },
    });
    const attaching = tickets.attach(ticket(), new Blob(['x']), 'key-1').catch((error: unknown) => error);
    await device.advance(60_000);
    assert.ok((await attaching) instanceof ConnectionError);
    assert.equal(asked, 4);
  });
});

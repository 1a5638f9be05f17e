import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Ticket} from '../../../src/contract/ticket.ts';
import {maximumEvidenceBytes} from '../../../src/domain/evidence.ts';
import {decideTicket} from '../../../src/server/aftersales/shop-desk.ts';
import {jpeg, ofSize, page, pdf, png, webp} from '../../support/files.ts';
import {json, openShop, problem, shopAddress, type Call, type TestShop} from '../../support/shop-server.ts';

async function withTicket(): Promise<{shop: TestShop; placed: PlacedOrder; ticketId: string}> {
  const shop = await openShop();
  const placed = await shop.place();
  const {order, token} = placed;
  const call = {token, key: 'intent-of-the-ticket', body: {reason: 'payment', text: '付了款没有反应'}};
  const {id} = await json<Ticket>(await shop.fetch(`/v1/orders/${order.id}/tickets`, call), 201);
  return {shop, placed, ticketId: id};
}

type Held = Awaited<ReturnType<typeof withTicket>>;

const attach = ({shop, placed, ticketId}: Held, body: unknown, name = 'a', call: Call = {}) =>
  shop.fetch(`/v1/tickets/${ticketId}/evidence`, {
    token: placed.token,
    key: `intent-of-file-${name}`,
    body,
    headers: {'Content-Type': 'application/octet-stream'},
    ...call,
  });

const get = ({shop, placed, ticketId}: Held, evidenceId: string) =>
  shop.fetch(`/v1/tickets/${ticketId}/evidence/${evidenceId}`, {token: placed.token});

describe('evidence', () => {
  it('comes back as it was sent: to be saved, and unable to do anything', async () => {
    const held = await withTicket();
    for (const [index, [bytes, mediaType]] of (
      [
        [png, 'image/png'],
        [jpeg, 'image/jpeg'],
        [webp, 'image/webp'],
        [pdf, 'application/pdf'],
      ] as const
    ).entries()) {
      const {evidence} = await json<Ticket>(await attach(held, bytes, `${index}`), 201);
      const last = evidence.at(-1)!;
      assert.deepEqual([evidence.length, last.mediaType, last.size], [index + 1, mediaType, bytes.length]);
      const answer = await get(held, last.id);
      assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), bytes);
      assert.equal(answer.headers.get('Content-Type'), mediaType);
      assert.match(
        answer.headers.get('Content-Disposition')!,
        /^attachment; filename="evd_[\w-]+\.(png|jpeg|webp|pdf)"$/,
      );
      assert.equal(answer.headers.get('X-Content-Type-Options'), 'nosniff');
      assert.match(answer.headers.get('Content-Security-Policy')!, /default-src 'none'.*sandbox/);
      assert.equal(answer.headers.get('Cache-Control'), 'no-store');
    }
  });

  it('is what its bytes say, whatever it is called', async () => {
    const held = await withTicket();
    await problem(await attach(held, page, 'a', {headers: {'Content-Type': 'image/png'}}), 'evidence_type_unsupported');
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    await problem(
      await attach(held, svg, 'b', {headers: {'Content-Type': 'image/svg+xml'}}),
      'evidence_type_unsupported',
    );
    await problem(await attach(held, '', 'c'), 'evidence_type_unsupported');
    const {evidence} = await json<Ticket>(await attach(held, png, 'd', {headers: {'Content-Type': 'text/html'}}), 201);
    assert.equal(evidence[0]!.mediaType, 'image/png');
  });

  it('may have five megabytes, and not a byte more', async () => {
    const held = await withTicket();
    const {evidence} = await json<Ticket>(await attach(held, ofSize(png, maximumEvidenceBytes)), 201);
    const answer = await get(held, evidence[0]!.id);
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), ofSize(png, maximumEvidenceBytes));
    await problem(await attach(held, ofSize(png, maximumEvidenceBytes + 1), 'b'), 'payload_too_large');
  });

  it('is the one body that may be so large: what comes in pieces without an end is cut off, here as elsewhere', async () => {
    const {shop, placed, ticketId} = await withTicket();
    for (const [path, most] of [
      [`/v1/tickets/${ticketId}/evidence`, maximumEvidenceBytes],
      [`/v1/tickets/${ticketId}/messages`, 128 * 1024],
      [`/v1/orders/${placed.order.id}/tickets`, 128 * 1024],
      ['/v1/orders/lookup', 128 * 1024],
    ] as const) {
      let read = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          read += 64 * 1024;
          controller.enqueue(ofSize(png, 64 * 1024));
        },
      });
      const request = new Request(`${shopAddress}${path}`, {
        method: 'POST',
        headers: {Authorization: `Bearer ${placed.token}`, 'Idempotency-Key': 'intent-of-endless-00'},
        body: endless,
        duplex: 'half',
      } as RequestInit);
      await problem(await shop.server.fetch(request), 'payload_too_large');
      assert.ok(read <= most + 4 * 64 * 1024, `${path}: ${read} bytes were read`);
    }
  });

  it('is attached once, and ten times at most, also when all come together', async () => {
    const held = await withTicket();
    const again = await Promise.all(Array.from({length: 4}, () => attach(held, png, 'same')));
    for (const answer of again) assert.equal((await json<Ticket>(answer, 201)).evidence.length, 1);
    await problem(await attach(held, jpeg, 'same'), 'idempotency_key_reused');
    const more = await Promise.all(Array.from({length: 12}, (_, index) => attach(held, png, `more-${index}`)));
    assert.equal(more.filter(({status}) => status === 201).length, 9);
    for (const answer of more.filter(({status}) => status !== 201)) await problem(answer, 'evidence_limit_reached');
  });

  it('is kept encrypted, each file under its own place', async () => {
    const held = await withTicket();
    const marked = ofSize(png, 64);
    marked.set(new TextEncoder().encode('ZEBRA PICTURE'), 20);
    const {evidence} = await json<Ticket>(await attach(held, marked), 201);
    const sealed = await held.shop.store.evidenceBytes(evidence[0]!.id);
    assert.ok(sealed && !Buffer.from(sealed).includes('ZEBRA'));
    const {keys} = held.shop.ports;
    const {keyId} = (await held.shop.store.evidence(held.ticketId))[0]!;
    assert.equal(await keys.openBytes('evidence', keyId, sealed, 'evidence of another place'), undefined);
  });

  it('is not there when it is not', async () => {
    const held = await withTicket();
    await problem(await get(held, 'evd_absent'), 'evidence_not_found');
  });

  it('is not taken by a closed ticket', async () => {
    const held = await withTicket();
    const {shop, ticketId} = held;
    await decideTicket(shop.ports, ticketId, {intent: 'decided', outcome: {kind: 'refuse'}, text: 'no'});
    shop.clock.advance(7 * 86_400_000);
    await shop.server.runJob({type: 'close_ticket', ticketId}, new AbortController().signal);
    await problem(await attach(held, png), 'ticket_closed');
  });

  it('comes from one network sixty times an hour at most', async () => {
    const held = await withTicket();
    const {shop} = held;
    for (let index = 0; index < 60; index++) await attach(held, page, `${index}`, {address: '203.0.113.9'});
    await problem(await attach(held, png, 'x', {address: '203.0.113.9'}), 'too_many_attempts');
    await json(await attach(held, png, 'y', {address: '203.0.113.10'}), 201);
    shop.clock.advance(3_600_000);
    await json(await attach(held, png, 'z', {address: '203.0.113.9'}), 201);
  });
});

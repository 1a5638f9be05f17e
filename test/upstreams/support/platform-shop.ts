import assert from 'node:assert/strict';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import {createSandbox, systemClock as sandboxClock, type Good, type Sandbox} from '../../../src/sandbox/index.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {checkConfig, env, type ConnectionConfig} from '../../../src/server/config/config.ts';
import {createUpstream} from '../../../src/server/connections.ts';
import {cardsOf, catalogueOf} from '../../sandbox/support/goods.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {openShop, type TestShop} from '../../support/shop-server.ts';

export interface PlatformShop {
  readonly sandbox: Sandbox;
  readonly shop: TestShop;
}

/**
 * A shop whose configuration names a protocol, on a sandbox platform that has one good with two cards.
 * @param credentials the names of the protocol's credentials: the account's id, and its key
 * @param more what the configuration says of the connection beside them
 */
export async function openPlatformShop(
  protocol: ConnectionConfig['protocol'],
  [id, key]: readonly [id: string, key: string],
  good: Good,
  more: Readonly<Record<string, unknown>> = {},
): Promise<PlatformShop> {
  let passed = 0;
  // A platform that limits how often it is asked is not waited for: its time passes instead.
  const clock = {
    ...systemClock,
    now: () => systemClock.now() + passed,
    pause: async (milliseconds: number) => void (passed += milliseconds),
  };
  const sandbox = createSandbox({
    clock: {...sandboxClock, now: clock.now},
    catalogue: catalogueOf([good], cardsOf(good, ['CARD-1-AAAA', 'CARD-2-AAAA'])),
  });
  const {config, secrets} = checkConfig(
    {
      shop: {name: 'Shop', currency: 'CNY'},
      address: 'https://shop.example',
      origins: [],
      connections: [
        {
          id: 'main',
          protocol,
          url: 'https://platform.example',
          credentials: {[id]: env('PLATFORM_ID'), [key]: env('PLATFORM_KEY')},
          listing: {price: {markup: {percent: '10'}}},
          ...more,
        },
      ],
      payments: [
        {
          provider: 'sandbox',
          url: 'https://platform.example/pay',
          merchantKey: env('PLATFORM_ID'),
          webhookSecret: env('PLATFORM_KEY'),
        },
      ],
    },
    {PLATFORM_ID: sandbox.credentials.appId, PLATFORM_KEY: sandbox.credentials.appKey},
  );
  const platform = createUpstream(config.connections[0]!, {
    secrets,
    clock,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  });
  const {goods} = await platform.catalogue(new AbortController().signal);
  const {channels} = config.connections[0]!.listing;
  const shop = await openShop({
    upstream: Object.assign(fakeUpstream({goods: [...goods]}), platform),
    listing: {channels},
  });
  await shop.sync();
  return {sandbox, shop};
}

/** Two pieces are bought, paid, delivered and revealed; the platform made one order of 18 in its own money for them. */
export async function sellsBothCards({sandbox, shop}: PlatformShop, code: string): Promise<PlacedOrder> {
  const placed = await shop.placePaid(2, code);
  await shop.work();
  assert.equal((await shop.order(placed)).state, 'delivered');
  const {keys} = await shop.reveal(placed);
  assert.equal(keys.length, 2);
  assert.ok(['CARD-1-AAAA', 'CARD-2-AAAA'].every(card => JSON.stringify(keys).includes(card)));
  assert.equal(sandbox.platform.orders().length, 1);
  assert.equal(sandbox.platform.merchant(1000)!.balance.amount, '9982.00');
  sandbox.close();
  return placed;
}

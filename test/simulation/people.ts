import assert from 'node:assert/strict';
import type {Case, CaseDecisionRequest, CasePage} from '../../src/contract/case.ts';
import {createRandom} from '../../src/sandbox/random.ts';
import {consoleToken} from '../support/shop-server.ts';
import {ordersFor, type SimulatedPlatform} from './platforms.ts';
import type {SimulatedShop} from './shop.ts';

/** The people behind the shop and the platforms: they send what is sent by hand, fill wallets, and decide cases. */
export interface People {
  /** One round. Tells how many cases were decided. */
  work(): Promise<number>;
}

const lowBalance = 20_000;
const refill = '50000';

export function createPeople(shop: SimulatedShop, platforms: readonly SimulatedPlatform[], seed: string): People {
  const random = createRandom(`${seed}/people`);
  let decisions = 0;
  return {
    async work() {
      for (const platform of platforms) {
        sendByHand(platform);
        fillWallet(platform);
      }
      const {status, body} = await shop.call<CasePage>('/v1/console/cases?limit=100', {token: consoleToken});
      assert.equal(status, 200);
      for (const found of body.items) await decide(found);
      return body.items.length;
    },
  };

  /**
   * Most of what waits is sent in the end; some is forgotten until a case brings it up. What a platform bought elsewhere
   * it never hears of again.
   */
  function sendByHand({sandbox: {platform}}: SimulatedPlatform): void {
    for (const {state, tradeNo, goodCode} of platform.orders()) {
      if (state !== 'awaiting_delivery' || platform.good(goodCode)!.nested) continue;
      if (random.next() < 0.3) platform.deliver(tradeNo);
    }
  }

  function fillWallet({sandbox: {platform}, filled}: SimulatedPlatform): void {
    for (const {id, balance} of platform.merchants()) {
      if (Number(balance.amount) > lowBalance) continue;
      platform.topUp(id, {amount: `${refill}.00`, currency: 'CNY'});
      filled.push(refill);
    }
  }

  /** As somebody would who has the platform's own page open beside the case. */
  async function decide(found: Case): Promise<void> {
    const request = choose(found);
    decisions += 1;
    const {status, body} = await shop.call(`/v1/console/cases/${found.id}/decisions`, {
      token: consoleToken,
      key: `decision-${String(decisions).padStart(10, '0')}`,
      body: request,
    });
    assert.equal(status, 201, `${JSON.stringify(request)}: ${JSON.stringify(body)}`);
  }

  function choose({choices, attempts, decisions: earlier, quantity}: Case): CaseDecisionRequest {
    if (!choices.includes('mark_delivered')) return {choice: 'give_up'};
    if (earlier.length === 0 && random.next() < 0.3) return {choice: 'retry'};
    const bought = platforms.flatMap(platform => {
      const references = attempts.filter(({connectionId}) => connectionId === platform.id).map(each => each.reference);
      return ordersFor(platform, references).map(order => ({platform, order}));
    });
    for (const {platform, order} of bought) {
      const {sandbox} = platform;
      const sent = order.state === 'awaiting_delivery' ? sandbox.platform.deliver(order.tradeNo) : order;
      if (sent.state !== 'delivered') continue;
      const cards = cardsIn(sent.secret).slice(0, quantity);
      if (cards.length > 0) return {choice: 'mark_delivered', cards, note: '后台核对'};
    }
    return {choice: 'refund'};
  }
}

/** The cards that a platform handed over in one text. */
export function cardsIn(secret: string): readonly string[] {
  return secret.split('\n').filter(card => card !== '');
}

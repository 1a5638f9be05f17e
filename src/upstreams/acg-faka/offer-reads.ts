import {add, isPositive, multiply, zero, type Money} from '../../domain/money.ts';
import type {Stock} from '../../domain/stock.ts';
import {UpstreamError, type OfferKey} from '../port.ts';
import {currency, draft, generalPremium, inventory, stock as stockSchema, stockCount, valuation} from './answers.ts';
import * as v from 'valibot';
import {ownPremium, type CardReads} from './card-reads.ts';
import {ConfigError, group, readConfig} from './config-grammar.ts';
import type {EndpointMemory} from './endpoint-memory.ts';
import {evidence} from '../evidence.ts';
import {PriceError, surcharge, unitPrice} from './price-rules.ts';
import {readItem} from './item-read.ts';
import type {Read} from './reader.ts';
import type {FormFields} from './sign.ts';
import {choiceFields, noCard, offerFields} from './trade-form.ts';
import type {CallBounds} from '../exchange.ts';

export interface OfferReads {
  stock(offer: OfferKey, bounds: CallBounds): Promise<Stock>;
  quote(offer: OfferKey, quantity: number, bounds: CallBounds): Promise<Money>;
}

/** Stock and price of one offer, on shops before 3.1.3 and 3.4.6 by way of the older `inventory`. */
export function createOfferReads(read: Read, memory: EndpointMemory, now: () => number, cards: CardReads): OfferReads {
  return {
    stock: (offer, bounds) =>
      memory.ask(
        'commodity/stock',
        async () => {
          const answer = await read('commodity/stock', offerFields(offer), stockSchema, bounds);
          return counted(stockCount(answer.stock));
        },
        () => olderStock(offer, bounds),
      ),
    quote: async (offer, quantity, bounds) => {
      if (!Number.isSafeInteger(quantity) || quantity < 1) {
        throw new RangeError(`A whole quantity from 1 is needed, got ${quantity}.`);
      }
      if (offer.cardId !== undefined && quantity !== 1) {
        throw new RangeError(`A chosen card is one piece, got ${quantity}.`);
      }
      // A good that lets nobody choose any more ignores the card: it would price, and sell, any other.
      if (offer.cardId !== undefined) await cards.page(offer, {page: 1, limit: 1}, bounds);
      const total = await memory.ask(
        'commodity/valuation',
        async () => {
          const fields: FormFields = [
            ...offerFields(offer),
            ['num', String(quantity)],
            ['card_id', offer.cardId ?? noCard],
          ];
          const answer = await read('commodity/valuation', fields, valuation, bounds);
          if (isYuan(answer.currency_code)) return answer.price;
          const foreign = evidence(answer.currency_code, []).slice(0, 20);
          throw new UpstreamError(
            'unexpected_answer',
            `The shop reckons in ${foreign}; only a shop that reckons in ${currency} can be bought from.`,
          );
        },
        async () => {
          const total = await olderQuote(offer, quantity, bounds);
          return offer.cardId === undefined ? total : add(total, await olderPremium(offer, offer.cardId, bounds));
        },
      );
      if (isPositive(total)) return total;
      throw new UpstreamError('unexpected_answer', `${offer.code} was priced at ${total.amount}, which is no cost.`);
    },
  };

  function counted(count: number | undefined): Stock {
    return count === undefined ? {kind: 'unknown'} : {kind: 'counted', count, at: now()};
  }

  /** `inventory` counts cards by race alone, and says 0 for goods delivered by hand: there it can only say "none left". */
  async function olderStock(offer: OfferKey, bounds: CallBounds): Promise<Stock> {
    const answer = await readInventory(offer, bounds);
    const {sku} = choiceFields(offer);
    if (answer.delivery_way === 0 && !offer.nested && sku.length === 0) return counted(Math.max(0, answer.count));
    return (await hasOne(offer, bounds)) ? {kind: 'unknown'} : counted(0);
  }

  async function hasOne(offer: OfferKey, bounds: CallBounds): Promise<boolean> {
    const {race} = choiceFields(offer);
    const fields: FormFields = [
      ['shared_code', offer.code],
      ['card_id', '0'],
      ['num', '1'],
      ['race', race],
    ];
    try {
      await read('commodity/inventoryState', fields, v.unknown(), bounds);
      return true;
    } catch (error) {
      if (error instanceof UpstreamError && error.reason === 'refused') return false;
      throw error;
    }
  }

  /**
   * An upper bound: the merchant's price of one piece without quantity tiers and discounts, and all surcharges. None for
   * a nested good: there the shop passes on the inventory of its own upstream, with the price that it pays itself.
   */
  async function olderQuote(offer: OfferKey, quantity: number, bounds: CallBounds): Promise<Money> {
    const answer = await readInventory(offer, bounds);
    if (offer.nested) {
      throw new UpstreamError(
        'unexpected_answer',
        `${offer.code} is resold by a shop that is too old to say what it costs us; the shop must be upgraded.`,
      );
    }
    const {race, sku} = choiceFields(offer);
    try {
      const config = readConfig(answer.config);
      let unit = answer.is_category ? unitPrice(group(config, 'category_factory').get(race)) : answer.factory_price;
      for (const [name, option] of sku) unit = add(unit, surcharge(config, name, String(option)));
      return multiply(unit, quantity);
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof PriceError)) throw error;
      throw new UpstreamError('unexpected_answer', `${offer.code} has no readable price: ${error.message}`, {
        cause: error,
      });
    }
  }

  async function olderPremium({code}: OfferKey, cardId: string, bounds: CallBounds): Promise<Money> {
    const fields: FormFields = [
      ['code', code],
      ['card_id', cardId],
    ];
    const own = ownPremium((await read('commodity/draft', fields, draft, bounds)).draft_premium);
    if (own) return own;
    const item = v.safeParse(generalPremium, await readItem(read, code, bounds));
    return (item.success ? ownPremium(item.output.draft_premium) : undefined) ?? zero(currency);
  }

  function readInventory(offer: OfferKey, bounds: CallBounds): Promise<v.InferOutput<typeof inventory>> {
    const fields: FormFields = [
      ['sharedCode', offer.code],
      ['race', choiceFields(offer).race],
    ];
    return read('commodity/inventory', fields, inventory, bounds);
  }
}

/** The code is free text of the operator; saying nothing is what every older shop does. */
function isYuan(code: string): boolean {
  return /^(?:|CNY|RMB)$/i.test(code.trim());
}

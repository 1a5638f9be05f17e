import {exchange, type ExchangeRate, type Money, type Rounding} from '../domain/money.ts';
import type {BuyOutcome, BuyRequest, Catalogue, FollowOutcome, Good, Upstream} from './port.ts';
import type {CatalogueChanges} from './optional-calls.ts';

/**
 * An account that is kept in another currency, as a shop reckons with it: what costs money is rounded up at the fourth
 * decimal, what is at hand (the balance) and what may be spent are rounded down. What comes back is rounded as it went, so
 * that all of it is all of it. Amounts in a third currency stay what they are: nobody said what they are worth.
 */
export function inCurrency(upstream: Upstream, rate: ExchangeRate): Upstream {
  const convert = (rounding: Rounding) => (value: Money) =>
    value.currency === rate.from ? exchange(value, rate, rounding) : value;
  const cost = convert('up');
  const {protocol, capabilities, cards, card, pages, delta, search, orders, refund, webhook, cancel} = upstream;

  return {
    // Each call by its name: one that is added to the port is not passed on before somebody has looked for money in it.
    protocol,
    capabilities,
    stock: (offer, signal) => upstream.stock(offer, signal),
    picture: (url, signal) => upstream.picture(url, signal),
    ...(webhook && {webhook}),
    ...(cancel && {cancel}),
    async connect(signal) {
      const account = await upstream.connect(signal);
      return {...account, ...(account.balance && {balance: convert('down')(account.balance)})};
    },
    catalogue: async signal => catalogueAt(await upstream.catalogue(signal)),
    good: async (code, signal) => goodAt(await upstream.good(code, signal)),
    quote: async (offer, quantity, signal) => cost(await upstream.quote(offer, quantity, signal)),
    buy: async (request, signal) => outcomeAt(await upstream.buy(requestAt(request), signal)),
    reconcile: async (request, signal, isLongAbsent) =>
      outcomeAt(await upstream.reconcile(requestAt(request), signal, isLongAbsent)),
    follow: async (order, signal) => foundAt(await upstream.follow(order, signal)),
    ...(cards && {
      async cards(offer, asked, signal) {
        const page = await cards(offer, asked, signal);
        return {...page, cards: page.cards.map(premiumAt)};
      },
    }),
    ...(card && {
      async card(offer, cardId, signal) {
        const found = await card(offer, cardId, signal);
        return found && premiumAt(found);
      },
    }),
    ...(pages && {
      async *pages(reading, signal) {
        for await (const page of pages(reading, signal)) yield catalogueAt(page);
      },
    }),
    ...(delta && {delta: async (since, signal) => catalogueAt(await delta(since, signal))}),
    ...(search && {search: async (words, signal) => (await search(words, signal)).map(goodAt)}),
    ...(orders && {
      orders: async (since, signal) =>
        (await orders(since, signal)).map(order => (order.charged ? {...order, charged: cost(order.charged)} : order)),
    }),
    ...(refund && {
      async refund(request, signal) {
        const {amount, ...rest} = request;
        const outcome = await refund({...rest, ...(amount && {amount: backAt(amount)})}, signal);
        return outcome.kind === 'refunded' ? {...outcome, amount: cost(outcome.amount)} : outcome;
      },
    }),
  };

  function goodAt(good: Good): Good {
    return {
      ...good,
      offers: good.offers.map(offer => ({
        ...offer,
        costs: offer.costs.map(tier => ({...tier, price: cost(tier.price)})),
        ...(offer.resaleFloor && {resaleFloor: cost(offer.resaleFloor)}),
      })),
      ...(good.cards && {cards: {premium: cost(good.cards.premium)}}),
    };
  }

  function catalogueAt<Read extends Catalogue | CatalogueChanges>(catalogue: Read): Read {
    return {...catalogue, goods: catalogue.goods.map(goodAt)};
  }

  function premiumAt<Priced extends {readonly premium?: Money}>(priced: Priced): Priced {
    return priced.premium ? {...priced, premium: cost(priced.premium)} : priced;
  }

  function requestAt({costCeiling, ...request}: BuyRequest): BuyRequest {
    return {...request, ...(costCeiling && {costCeiling: backAt(costCeiling)})};
  }

  function backAt(value: Money): Money {
    return value.currency === rate.to ? exchange(value, rate, 'down') : value;
  }

  function outcomeAt(outcome: BuyOutcome): BuyOutcome {
    return 'charged' in outcome ? {...outcome, charged: cost(outcome.charged)} : outcome;
  }

  function foundAt(found: FollowOutcome): FollowOutcome {
    const charged = 'charged' in found && found.charged ? {charged: cost(found.charged)} : {};
    return 'refunded' in found && found.refunded
      ? {...found, ...charged, refunded: cost(found.refunded)}
      : {...found, ...charged};
  }
}

import * as v from 'valibot';
import type {ExchangeRate} from '../../domain/money.ts';

export const currencyCode = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "CNY"'));

/** What every connection may say about its money. */
export const connectionCurrencyEntries = {
  /** What the account is kept in. Default: what its platform always has, or else the shop's currency. */
  currency: v.exactOptional(currencyCode),
  /** What one unit of it costs in the shop's currency, if that is another one: `"7.85"`. Include what the bank takes. */
  rate: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^(?=.*[1-9])\d{1,9}(?:\.\d{1,10})?$/, 'must be a positive decimal text such as "7.85"'),
    ),
  ),
};

/** Platforms that have one currency only. */
const fixedCurrencies: Readonly<Record<string, string>> = {'acg-faka': 'CNY', kinguin: 'EUR'};

interface ConnectionCurrency {
  readonly protocol: string;
  readonly currency?: string;
  readonly rate?: string;
}

/** How a connection's money is reckoned into the shop's; nothing where it is the same. */
export function exchangeRateOf(connection: ConnectionCurrency, shopCurrency: string): ExchangeRate | undefined {
  const {rate} = connection;
  return rate === undefined ? undefined : {from: currencyOf(connection, shopCurrency), to: shopCurrency, rate};
}

/** Connections whose costs could not be reckoned in the shop's currency, or are said to be what they cannot be. */
export function currencyMistakes(
  connections: readonly ConnectionCurrency[],
  shopCurrency: string,
): {path: string; message: string}[] {
  return connections.flatMap((connection, index) => {
    const {protocol, currency: stated, rate} = connection;
    const fixed = fixedCurrencies[protocol];
    const currency = currencyOf(connection, shopCurrency);
    if (fixed !== undefined && stated !== undefined && stated !== fixed) {
      return [{path: `connections.${index}.currency`, message: `must be "${fixed}": ${protocol} has no other`}];
    }
    if (currency === shopCurrency) {
      const message = `must be left out: the shop and the connection both reckon in ${currency}`;
      return rate === undefined ? [] : [{path: `connections.${index}.rate`, message}];
    }
    const message = `is missing: the connection costs ${currency} and the shop sells in ${shopCurrency}; say what one ${currency} costs in ${shopCurrency}, such as "7.85"`;
    return rate === undefined ? [{path: `connections.${index}.rate`, message}] : [];
  });
}

function currencyOf({protocol, currency}: ConnectionCurrency, shopCurrency: string): string {
  return currency ?? fixedCurrencies[protocol] ?? shopCurrency;
}

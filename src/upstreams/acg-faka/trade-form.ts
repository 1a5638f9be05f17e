import type {BuyRequest, OfferKey} from '../port.ts';
import {isReference} from './reference.ts';
import {isPlainFieldName, isPlainNestedName, type FormFields} from './sign.ts';

/**
 * Name of the option group that stands for the platform's races (商品种类). A race is chosen along with the sku groups,
 * but travels in a parameter of its own.
 */
export const raceGroup = '商品种类';

/** The `race` and `sku` parameters of an offer. Groups are sorted: equal choices are equal bytes, however they were stored. */
export function choiceFields(offer: OfferKey): {readonly race: string; readonly sku: FormFields} {
  const {[raceGroup]: race = '', ...groups} = offer.choices;
  return {race, sku: Object.entries(groups).sort(byName)};
}

/** The parameters `stock`, `valuation` and `draftCard` name an offer by. A `sku` that is no table crashes the shop. */
export function offerFields(offer: OfferKey): FormFields {
  const {race, sku} = choiceFields(offer);
  return [
    ['code', offer.code],
    ...(race === '' ? [] : [['race', race] as const]),
    ...(sku.length === 0 ? [] : [['sku', sku] as const]),
  ];
}

/** What `card_id` says where no card was chosen. */
export const noCard = '0';

export function isCardId(id: string): boolean {
  return /^[1-9]\d{0,17}$/.test(id);
}

/** The body of `commodity/trade` without credentials and signature. Equal requests give equal bodies. */
export function tradeForm(request: BuyRequest): FormFields {
  const {race, sku} = choiceFields(request.offer);
  return [
    ['card_id', request.offer.cardId ?? noCard],
    ['contact', request.contact],
    ['device', '0'],
    ['num', String(request.quantity)],
    ['password', request.password],
    ['race', race],
    ['request_no', request.reference],
    ['shared_code', request.offer.code],
    ...(sku.length > 0 ? [['sku', sku] as const] : []),
    ...Object.entries(request.fields).sort(byName).map(buyerField),
  ];
}

/** Why a request cannot be sent as it stands; `undefined` when it can. Depends on nothing but the request. */
export function requestFault(request: BuyRequest): string | undefined {
  if (!isReference(request.reference)) {
    return `The reference ${JSON.stringify(request.reference)} is not 1 to 19 letters and digits.`;
  }
  if (!Number.isSafeInteger(request.quantity) || request.quantity < 1) {
    return `The quantity must be a whole number from 1, got ${request.quantity}.`;
  }
  const {cardId} = request.offer;
  // The platform forces one piece, whatever is asked for, and takes what is no number for no card at all.
  if (cardId !== undefined && (!isCardId(cardId) || request.quantity !== 1)) {
    return `A chosen card must be named by its number and bought alone, got ${request.quantity} of ${JSON.stringify(cardId)}.`;
  }
  // 33 characters crash the platform; none at all lets everybody read the card on its look-up page.
  if (request.password.length < 1 || request.password.length > 32) {
    return `The look-up password must have 1 to 32 characters, got ${request.password.length}.`;
  }
  const group = choiceFields(request.offer).sku.find(([name]) => !isPlainNestedName(name));
  if (group) return `The option group ${JSON.stringify(group[0])} cannot be sent to the platform.`;
  const field = Object.keys(request.fields).find(name => {
    const plain = name.replace(/\[\]$/, '');
    return !isPlainFieldName(plain) || isReservedField(plain);
  });
  if (field !== undefined) return `The field name ${JSON.stringify(field)} cannot be sent to the platform.`;
  return undefined;
}

/** Whether a name means something to the platform, so that no buyer's field may bear it. PHP is told apart by letter case. */
export function isReservedField(name: string): boolean {
  return reservedFields.has(name.toLowerCase());
}

const reservedFields: ReadonlySet<string> = new Set([
  'app_id',
  'app_key',
  'sign',
  'code',
  'sharedcode',
  'shared_code',
  'item_id',
  'pay_id',
  'contact',
  'num',
  'card_id',
  'device',
  'password',
  'coupon',
  'race',
  'request_no',
  'sku',
  'from',
]);

function buyerField([name, value]: readonly [string, string]): FormFields[number] {
  return name.endsWith('[]') ? [name.slice(0, -2), [['0', value]]] : [name, value];
}

function byName([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

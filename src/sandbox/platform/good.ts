import type {ContactKind, DeliveryKind} from '../../domain/product.ts';

/** Who stands behind a good. The platform itself is the supplier with id 0. */
export interface Supplier {
  readonly id: number;
  readonly name: string;
  /** 1 brand-authorised, 2 guaranteed by the platform. */
  readonly level: 1 | 2;
  /** What the platform keeps of its sales where a good says nothing else. */
  readonly commission?: CommissionRule;
}

/** What the platform keeps of each piece sold (佣金): a share of its price, a fixed sum, or both. */
export interface CommissionRule {
  /** Decimal text; `"12.5"` is 12.5 %. */
  readonly percent?: string;
  /** Decimal text in CNY. */
  readonly fixed?: string;
}

export interface Category {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string;
  /** 0 for a category at the top. */
  readonly parentId: number;
  readonly sort: number;
  readonly enabled: boolean;
  readonly hidden: boolean;
}

/** A price of one piece from a quantity on; prices are decimal texts as an operator typed them. */
export interface PriceStep {
  readonly from: number;
  readonly price: string;
}

/** One kind (种类) of a good, with a price of its own. */
export interface Race {
  readonly name: string;
  readonly price: string;
  readonly tiers: readonly PriceStep[];
}

/** A dimension a buyer must choose along; a surcharge per option. */
export interface OptionGroup {
  readonly name: string;
  readonly options: readonly {readonly name: string; readonly surcharge: string}[];
}

/** A field the buyer fills in. `choices` is for select and radio. */
export interface GoodField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password' | 'number' | 'select' | 'radio' | 'checkbox' | 'textarea' | 'custom';
  readonly placeholder: string;
  /** Pattern without delimiters; empty when nothing is checked. */
  readonly pattern: string;
  readonly error: string;
  readonly choices: readonly {readonly label: string; readonly value: string}[];
}

/** What merchants of one group see differently. `settings` is written in the platform's own grammar. */
export interface LevelPrice {
  /** Decimal text; `"0"` leaves the price alone. */
  readonly amount: string;
  /** Whether merchants of the group see the good although it is hidden. */
  readonly show: boolean;
  readonly settings: string;
}

/** How the secrets of a good look. */
export type CardForm = 'code' | 'key' | 'digits' | 'number_and_password' | 'link' | 'token';

/** One good of the platform, with everything its operator typed in. Prices are decimal texts in CNY. */
export interface Good {
  readonly id: number;
  /** What other shops name it by: 16 characters. */
  readonly code: string;
  readonly title: string;
  readonly titleEn: string;
  readonly categoryId: number;
  readonly supplierId: number;
  /** HTML. */
  readonly description: string;
  /** Path on the platform, or absent when the good has no picture. */
  readonly cover?: string;
  readonly cost: string;
  /** For merchants without a group. */
  readonly price: string;
  /** For merchants with a group. */
  readonly memberPrice: string;
  readonly tiers: readonly PriceStep[];
  readonly races: readonly Race[];
  readonly optionGroups: readonly OptionGroup[];
  /** Prices and options verbatim in the platform's grammar, instead of the structured ones: for broken input. */
  readonly settingsText?: string;
  /** By group id. */
  readonly levelPrices: Readonly<Record<string, LevelPrice>>;
  /** No group discount applies. */
  readonly levelDisabled: boolean;
  readonly fields: readonly GoodField[];
  readonly delivery: DeliveryKind;
  /** The number an operator typed in; only manual goods have one. */
  readonly manualStock: number;
  /** Shown in place of a secret until a manual order is delivered. */
  readonly deliveryMessage?: string;
  /** The seller's note that comes with every order. */
  readonly leaveMessage?: string;
  /** What other shops have to sell a piece for at least; decimal text. Only some protocols tell it. */
  readonly resaleFloor?: string;
  /** The sales channels other shops may resell it on, and those they may not; only some protocols tell it. */
  readonly resaleChannels?: {readonly only?: readonly string[]; readonly never?: readonly string[]};
  readonly contact: ContactKind;
  /** 0: no limit. */
  readonly minimum: number;
  /** 0: no limit. */
  readonly maximum: number;
  /** Orders per account; 0: no limit. */
  readonly perBuyerLimit: number;
  /** Off: nobody can buy it. */
  readonly onSale: boolean;
  /** Off: not in the catalogue other shops read. */
  readonly shared: boolean;
  /** Not in the catalogue, unless a group price shows it. */
  readonly hidden: boolean;
  /** Resold from another shop (套娃). */
  readonly nested?: {readonly shopId: number; readonly code: string};
  /** Buyers may pick a card they like (预选). */
  readonly pickable: boolean;
  readonly pickPremium: string;
  /** Sold only inside this window, epoch milliseconds. */
  readonly flashSale?: {readonly from: number; readonly to: number};
  readonly recommended: boolean;
  readonly tags: readonly {readonly text: string; readonly color: string}[];
  readonly cardForm: CardForm;
  /** At most so many pieces are offered at a time, however many there are (库存上限). */
  readonly stockCap?: number;
  /** In place of the supplier's own rule. */
  readonly commission?: CommissionRule;
  /** Id of the lowest tier that sees and buys it (等级专享). */
  readonly exclusiveTo?: number;
  readonly sort: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When its operator last changed it, epoch milliseconds; absent: never since. */
  readonly updatedAt?: number;
}

/** What of a good is being bought or counted. Absent members do not narrow. */
export interface Choice {
  readonly race?: string;
  readonly options?: Readonly<Record<string, string>>;
}

/** Whether a person delivers it: such goods have a number in place of cards. */
export function isHandedOverByHand({delivery, nested}: Good): boolean {
  return delivery === 'manual' && !nested;
}

/** What its operator has left as it was: one kind, no limits, fields or discounts, for everybody to see and buy. */
export const untouched = {
  tiers: [],
  races: [],
  optionGroups: [],
  levelPrices: {},
  levelDisabled: false,
  fields: [],
  delivery: 'automatic',
  manualStock: 0,
  contact: 'any',
  minimum: 0,
  maximum: 0,
  perBuyerLimit: 0,
  onSale: true,
  shared: true,
  hidden: false,
  pickable: false,
  pickPremium: '0.00',
  recommended: false,
  tags: [],
  cardForm: 'code',
} as const satisfies Partial<Good>;

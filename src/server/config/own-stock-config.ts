import * as v from 'valibot';
import {decimal, text} from './values.ts';

const pieces = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A good of the shop's own stock (自营). Its cards are put in by `keystall import-cards`. */
export const ownGoodSchema = v.pipe(
  v.strictObject({
    /** Names it on the command line and in the database: it stays as it is. */
    code: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'must be letters, digits, "-", "_" and "."')),
    title: text(200),
    category: text(100),
    /** Text or HTML. */
    description: v.exactOptional(text(20_000)),
    /** What one card was bought for, in the shop's currency. */
    cost: v.pipe(
      decimal,
      v.check(cost => /[1-9]/.test(cost), 'must be more than 0: a price is made from it'),
    ),
    /** Most pieces that are ever sold of it; what is left of that is the most that is shown as stock. */
    stockCap: v.exactOptional(pieces),
    /** What the supplier pays for each sale, in percent of the cost; instead of the connection's terms. */
    commission: v.exactOptional(decimal),
    /** `reusable`: everybody gets the same card, the one that was imported last. Otherwise each is sold once. */
    cards: v.exactOptional(v.picklist(['single_use', 'reusable']), 'single_use'),
    /** How a card is used: shown beside it. */
    usage: v.exactOptional(text(2000)),
    minimum: v.exactOptional(pieces, 1),
    /** Most pieces in one order. Of a reusable card 1 if absent: there is no second one. */
    maximum: v.exactOptional(pieces),
    contact: v.exactOptional(v.picklist(['any', 'email', 'phone', 'qq']), 'any'),
  }),
  v.check(({minimum, maximum = Infinity}) => minimum <= maximum, 'has a minimum above its maximum'),
);

export const ownGoodsSchema = v.pipe(
  v.array(ownGoodSchema),
  v.minLength(1, 'needs at least one good'),
  v.check(goods => new Set(goods.map(({code}) => code)).size === goods.length, 'has two goods with the same code'),
);

export type OwnGoodConfig = v.InferOutput<typeof ownGoodSchema>;

import * as v from 'valibot';
import {choicesSchema} from './product.ts';
import {moneySchema} from './money.ts';

/** What one reading of a catalogue came to. */
export const catalogueReadingSchema = v.object({
  startedAt: v.string(),
  endedAt: v.exactOptional(v.string()),
  pages: v.number(),
  goods: v.number(),
  nested: v.number(),
  written: v.number(),
  paused: v.number(),
  left: v.number(),
});

export const leftGoodSchema = v.object({code: v.string(), reason: v.string()});

/** A price that the merchant set, beside what the rule would make of the cost now. */
export const pinnedPriceSchema = v.object({
  code: v.string(),
  choices: choicesSchema,
  productId: v.string(),
  price: moneySchema,
  cost: moneySchema,
  byRule: v.exactOptional(moneySchema),
  drift: v.exactOptional(moneySchema),
});

export const endpointSchema = v.object({
  name: v.string(),
  state: v.picklist(['present', 'missing', 'not_asked']),
  instead: v.exactOptional(v.string()),
});

const count = v.number();

/** What came of a platform's last purchases, and how far it is to be relied on. */
export const scorecardSchema = v.object({
  standing: v.picklist(['on_trial', 'proven', 'failed']),
  purchases: count,
  results: v.object({
    right: count,
    slow: count,
    short: count,
    wrong: count,
    unreadable: count,
    unknown: count,
    refunded: count,
  }),
  score: v.number(),
  atLeast: v.number(),
  exposureCap: v.exactOptional(moneySchema),
});

/** How a connection stands: its shelves, the reading of its catalogue, what could not be listed and why. */
export const connectionSchema = v.object({
  id: v.string(),
  protocol: v.string(),
  onSale: v.number(),
  paused: v.array(v.object({reason: v.string(), count: v.number()})),
  state: v.picklist(['reading', 'resting', 'interrupted', 'failing']),
  reading: v.exactOptional(catalogueReadingSchema),
  lastFull: v.exactOptional(catalogueReadingSchema),
  lastChanges: v.exactOptional(catalogueReadingSchema),
  lastFailure: v.exactOptional(v.object({at: v.string(), text: v.string()})),
  notBefore: v.exactOptional(v.string()),
  left: v.array(leftGoodSchema),
  pinned: v.array(pinnedPriceSchema),
  scorecard: scorecardSchema,
  endpoints: v.exactOptional(v.array(endpointSchema)),
  noticesAddress: v.exactOptional(v.string()),
});

export const connectionListSchema = v.object({items: v.array(connectionSchema)});

export type Connection = v.InferOutput<typeof connectionSchema>;
export type CatalogueReading = v.InferOutput<typeof catalogueReadingSchema>;

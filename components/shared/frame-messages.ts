import {
  array,
  boolean,
  exactOptional,
  finite,
  integer,
  literal,
  maxLength,
  minValue,
  number,
  object,
  picklist,
  pipe,
  record,
  regex,
  string,
  variant,
  type InferOutput,
} from 'valibot';
import {revealKeySchema} from '../../src/contract/reveal-key.ts';

/*
 * What a page and the shop's frame in it tell each other, over a channel of their own. The page, and with it every script
 * there, reads and writes all of this: nothing in it opens keys that are sealed.
 */

const id = pipe(string(), maxLength(64));

/** The page's first word. The channel's port comes with it. */
export const helloSchema = object({type: literal('keystall-frame'), version: literal(1)});

export const toFrameSchema = variant('type', [
  /** How the page looks and speaks where the frame stands. */
  object({
    type: literal('dress'),
    lang: pipe(string(), maxLength(35)),
    dir: picklist(['ltr', 'rtl']),
    theme: picklist(['light', 'dark', 'high-contrast']),
    ground: picklist(['light', 'dark']),
    appearance: record(pipe(string(), maxLength(32)), pipe(string(), maxLength(200))),
  }),
  /** An order is about to be placed here. */
  object({type: literal('bind')}),
  object({
    type: literal('show'),
    orderId: id,
    orderNumber: id,
    count: exactOptional(pipe(number(), integer(), minValue(0))),
  }),
  /** Somebody wants to look an order up. */
  object({type: literal('look_up')}),
]);

export const fromFrameSchema = variant('type', [
  /** The frame works; only now is it shown. */
  object({type: literal('ready')}),
  /** Where it is not kept, the frame has it for as long as it stands, and then by lookup password only. */
  object({type: literal('bound'), revealKey: revealKeySchema, isKept: boolean()}),
  /** No key could be made. */
  object({type: literal('not_bound')}),
  /** A part of the frame's code did not come. */
  object({type: literal('failed')}),
  object({type: literal('size'), height: pipe(number(), finite(), minValue(0))}),
  /** Somebody wants help with the order, or with some of its keys. */
  /** An order was looked up in the frame. The token opens it as the page's own would; what is sealed it does not. */
  object({
    type: literal('found'),
    order: object({id, number: id, createdAt: pipe(string(), maxLength(64))}),
    token: pipe(string(), maxLength(200)),
  }),
  /** Escape was pressed, and nothing in the frame took it. */
  object({type: literal('escape')}),
  object({type: literal('ticket'), orderId: id, keyIds: pipe(array(pipe(id, regex(/^[\w-]+$/))), maxLength(10_000))}),
]);

export type ToFrame = InferOutput<typeof toFrameSchema>;
export type FromFrame = InferOutput<typeof fromFrameSchema>;

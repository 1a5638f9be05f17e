/** What was asked for in the name of a grid whose code had not come yet. */
export interface FirstGoods {
  /** What was asked for. */
  readonly address: string;
  /** The page of goods as it came, unchecked. */
  readonly answer: Promise<unknown>;
}

/** A grid for which they were asked. They are kept there: what one copy of the code asked for is read by another. */
export type Awaiting = Element & {[firstGoods]?: FirstGoods | undefined};

export const firstGoods: unique symbol = Symbol.for('keystall.goods');

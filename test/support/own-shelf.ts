import * as v from 'valibot';
import {ownGoodSchema, type OwnGoodConfig} from '../../src/server/config/own-stock-config.ts';
import {
  importCards,
  type CardLine,
  type ImportOptions,
  type ImportReport,
} from '../../src/server/own-stock/import-cards.ts';
import {createOwnStock, type OwnStock} from '../../src/server/own-stock/own-stock.ts';
import {createMemoryStore} from '../../src/server/persistence/memory-store.ts';
import type {Store} from '../../src/server/persistence/store.ts';
import {createKeyRing, type KeyRing} from '../../src/server/security/key-ring.ts';
import {fakeClock} from './fake-clock.ts';
import {masterKey} from './shop-server.ts';

/** Own stock over a store, by itself. */
export interface OwnShelf {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly upstream: OwnStock;
  /** Read at every question: a change shows at once. */
  readonly goods: OwnGoodConfig[];
  /** Puts lines of a file into stock. */
  put(lines: readonly (string | CardLine)[], options?: Partial<ImportOptions>): Promise<ImportReport>;
}

export interface OwnShelfOptions {
  readonly goods?: readonly OwnGoodConfig[];
  readonly store?: Store;
  readonly keys?: KeyRing;
}

export function anOwnGood(overrides: Partial<v.InferInput<typeof ownGoodSchema>> = {}): OwnGoodConfig {
  return v.parse(ownGoodSchema, {code: 'G1', title: '点卡', category: '游戏', cost: '10', ...overrides});
}

export async function ownShelf(options: OwnShelfOptions = {}): Promise<OwnShelf> {
  const clock = fakeClock();
  const {store = createMemoryStore({clock}), keys = await createKeyRing([masterKey('k1', 1)])} = options;
  const goods = [...(options.goods ?? [anOwnGood()])];
  return {
    store,
    keys,
    goods,
    upstream: createOwnStock({connectionId: 'own', goods, currency: 'CNY', store, keys, clock}),
    put: (lines, overrides = {}) =>
      importCards({store, keys, clock}, {connectionId: 'own', goodCode: goods[0]!.code, ...overrides}, () =>
        cardLinesOf(lines),
      ),
  };
}

/** Lines as a file has them. */
export async function* cardLinesOf(lines: readonly (string | CardLine)[]): AsyncGenerator<CardLine> {
  for (const [index, line] of lines.entries()) yield typeof line === 'string' ? {line: index + 1, text: line} : line;
}

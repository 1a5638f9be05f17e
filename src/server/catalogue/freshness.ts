import type {Stock} from '../../domain/stock.ts';
import type {ListingRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';

/** Tells since when what lies on a connection's shelves has been seen there. */
export interface Freshness {
  of(connectionIds: readonly string[]): Promise<SeenSince>;
}

/** By connection: when its last reading of everything began. */
export type SeenSince = ReadonlyMap<string, number>;

const rememberedMs = 5_000;

export function createFreshness({store, clock}: Pick<ServerPorts, 'store' | 'clock'>): Freshness {
  const known = new Map<string, {readonly at: number; readonly since: Promise<number | undefined>}>();
  return {
    async of(connectionIds) {
      const found = await Promise.all([...new Set(connectionIds)].map(async id => [id, await ask(id)] as const));
      return new Map(found.flatMap(([id, since]) => (since === undefined ? [] : [[id, since] as const])));
    },
  };

  function ask(connectionId: string): Promise<number | undefined> {
    const now = clock.now();
    const remembered = known.get(connectionId);
    if (remembered && now - remembered.at < rememberedMs) return remembered.since;
    const since = store.catalogueSync(connectionId).then(sync => sync?.lastFull?.startedAt);
    known.set(connectionId, {at: now, since});
    since.catch(() => known.delete(connectionId));
    return since;
  }
}

/**
 * When the stock of a SKU was last seen: by itself, or because its platform's whole catalogue was read and did not say
 * otherwise. Unchanged goods are not written for that.
 */
export function seenAt(
  {connectionId, hasListedStock, routing}: ListingRecord,
  stock: Stock,
  seenSince: SeenSince,
): number | undefined {
  if (stock.kind === 'unknown') return undefined;
  // In a joined listing it is the sum of what several platforms say.
  const since = hasListedStock && !routing ? seenSince.get(connectionId) : undefined;
  return Math.max(stock.at, since ?? stock.at);
}

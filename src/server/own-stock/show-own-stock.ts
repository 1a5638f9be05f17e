import {rejoinListings} from '../catalogue/join-sources.ts';
import {skuId} from '../catalogue/listing.ts';
import {writeStock} from '../catalogue/remember-stock.ts';
import type {OwnGoodConfig} from '../config/own-stock-config.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';
import {ownStockOf} from './own-stock.ts';

/** Puts what is in stock of a good on the shelves now. A good that is not listed yet is by the server's next reading. */
export async function showOwnStock(
  ports: Pick<ServerPorts, 'config' | 'clock'>,
  tx: Transaction,
  connectionId: string,
  good: OwnGoodConfig,
): Promise<void> {
  const stock = ownStockOf(good, await tx.ownStock(connectionId), ports.clock.now());
  const seen = {skuId: skuId(connectionId, good.code, {}), connectionId, stock};
  await writeStock(ports, tx, stableId('prd', connectionId, good.code), [seen]);
  await rejoinListings(ports, tx, connectionId);
}

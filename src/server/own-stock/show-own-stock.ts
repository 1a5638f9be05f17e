import {lockListings, rejoinListings} from '../catalogue/join-sources.ts';
import {skuId} from '../catalogue/listing.ts';
import {writeStock} from '../catalogue/remember-stock.ts';
import {askForSync} from '../catalogue/sync-run.ts';
import type {OwnGoodConfig} from '../config/own-stock-config.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {stableId} from '../security/ids.ts';
import {ownStockOf} from './own-stock.ts';

type ShelfPorts = Pick<ServerPorts, 'config' | 'clock'>;

/** Puts what is in stock of a good on the shelves now. */
export async function showOwnStock(
  ports: ShelfPorts,
  tx: Transaction,
  connectionId: string,
  good: OwnGoodConfig,
): Promise<void> {
  // Whoever shows a count holds this, a reading as well: an older count never follows a newer one.
  await tx.lockCatalogueSync(connectionId);
  const stock = ownStockOf(good, await tx.ownStock(connectionId), ports.clock.now());
  const seen = {skuId: skuId(connectionId, good.code, {}), connectionId, stock};
  const id = stableId('prd', connectionId, good.code);
  await lockListings(ports, tx, connectionId, [id]);
  await writeStock(ports, tx, id, [seen]);
  await rejoinListings(ports, tx, connectionId, [id]);
}

/**
 * The same after an import. The next reading is soon, for a good that is not listed yet, and because one that is under way
 * has counted before.
 */
export async function showImportedStock(
  ports: ShelfPorts,
  tx: Transaction,
  connectionId: string,
  good: OwnGoodConfig,
): Promise<void> {
  await askForSync(tx, connectionId);
  await showOwnStock(ports, tx, connectionId, good);
}

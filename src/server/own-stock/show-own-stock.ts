import type {Clock} from '../clock.ts';
import type {OwnGoodConfig} from '../config/own-stock-config.ts';
import type {Transaction} from '../persistence/store.ts';
import {stableId} from '../security/ids.ts';
import {ownStockOf} from './own-stock.ts';

/** Puts what is in stock of a good on the shelf now. A good that is not listed yet is by the server's next reading. */
export async function showOwnStock(
  {clock}: {readonly clock: Clock},
  tx: Transaction,
  connectionId: string,
  good: OwnGoodConfig,
): Promise<void> {
  const listing = await tx.listing(stableId('prd', connectionId, good.code));
  if (!listing) return;
  const stock = ownStockOf(good, await tx.ownStock(connectionId), clock.now());
  const skus = listing.product.skus.map(sku => ({...sku, stock}));
  await tx.saveListing({...listing, product: {...listing.product, skus}, updatedAt: clock.now()});
}

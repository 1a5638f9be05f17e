import type {Stock} from '../../domain/stock.ts';
import type {ServerPorts} from '../ports.ts';

/** Writes down what a platform said of SKUs of one listing, so that every shelf says it from now on. */
export async function rememberStock(
  ports: ServerPorts,
  listingId: string,
  seen: ReadonlyMap<string, Stock>,
): Promise<void> {
  await ports.store.transaction(async tx => {
    const listing = await tx.listing(listingId);
    if (!listing) return;
    const skus = listing.product.skus.map(sku => ({...sku, stock: known(seen.get(sku.id)) ?? sku.stock}));
    await tx.saveListing({...listing, product: {...listing.product, skus}, updatedAt: ports.clock.now()});
  });
}

function known(stock: Stock | undefined): Stock | undefined {
  return stock?.kind === 'unknown' ? undefined : stock;
}

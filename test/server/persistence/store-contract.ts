import {after, before, describe} from 'node:test';
import type {Jobs} from '../../../src/server/jobs.ts';
import {aftersalesContract} from './aftersales-contract.ts';
import {catalogueContract} from './catalogue-contract.ts';
import {catalogueSyncContract} from './catalogue-sync-contract.ts';
import {consoleContract} from './console-contract.ts';
import {couponContract} from './coupon-contract.ts';
import {deliveryContract} from './delivery-contract.ts';
import type {OpenedStores} from './opened-stores.ts';
import {orderContract} from './order-contract.ts';
import {ownStockContract} from './own-stock-contract.ts';
import {reconciliationContract} from './reconciliation-contract.ts';
import {refundContract} from './refund-contract.ts';
import {sealedContract} from './sealed-contract.ts';
import {transactionContract} from './transaction-contract.ts';

export interface StoreUnderTest extends OpenedStores {
  readonly jobs: Jobs;
  close(): Promise<void>;
}

/** What every store keeps to. `concurrent`: transactions of `store` and `rival` can be in flight together. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>, how: {readonly concurrent: boolean}) {
  describe(`store: ${name}`, () => {
    let stores: StoreUnderTest;
    before(async () => {
      stores = await open();
    });
    after(() => stores.close());
    const opened = () => stores;

    transactionContract(opened, how);
    orderContract(opened);
    couponContract(opened);
    aftersalesContract(opened);
    sealedContract(opened);
    deliveryContract(opened);
    refundContract(opened);
    reconciliationContract(opened);
    consoleContract(opened);
    ownStockContract(opened);
    catalogueContract(opened);
    catalogueSyncContract(opened);
  });
}

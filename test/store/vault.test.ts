import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {reducePurchase, type Purchase} from '../../src/store/purchase.ts';
import {createVault, type OrderAccess} from '../../src/store/vault.ts';
import {quote} from './support/builders.ts';
import {FakeDevice, turns} from './support/fake-device.ts';

const address = 'https://shop.example';
const quoted: Purchase = {step: 'quoted', cart: 'cart-1', lines: [{skuId: 'sku-1', quantity: 1}], quote: quote()};
const access: OrderAccess = {id: 'order-1', number: 'n-1', createdAt: '2026-01-01T00:00:00.000Z', token: 'secret'};

function open(device: FakeDevice, of = address) {
  return createVault(device.tab().environment, of);
}

describe('the vault', () => {
  it('keeps the purchase and the orders of each shop apart, across reloads', async () => {
    const device = new FakeDevice();
    await open(device).update(() => quoted, {access});
    assert.deepEqual((await open(device).record()).purchase, quoted);
    assert.deepEqual(await open(device).orders(), [access]);
    const other = open(device, 'https://shop.example.org');
    assert.equal((await other.record()).purchase, undefined);
    assert.deepEqual(await other.orders(), []);
  });

  it('asks for the disk', async () => {
    const device = new FakeDevice();
    const asked: (string | undefined)[] = [];
    const vault = open(device);
    await vault.record();
    const prototype = databasePrototype(await someDatabase());
    const {transaction} = prototype;
    prototype.transaction = function (this: IDBDatabase, names, mode, options) {
      asked.push(options?.durability);
      return transaction.call(this, names, mode, options);
    };
    try {
      await vault.update(() => quoted);
    } finally {
      prototype.transaction = transaction;
    }
    assert.deepEqual(asked, ['strict']);
  });

  it('lets nobody come between reading and writing', async () => {
    const device = new FakeDevice();
    let taken = 0;
    const claim = (held: Purchase | undefined) => {
      if (held) return held;
      taken++;
      return quoted;
    };
    await Promise.all(Array.from({length: 20}, () => open(device).update(claim)));
    assert.equal(taken, 1);
  });

  it('leaves everything as it was when the decision fails', async () => {
    const vault = open(new FakeDevice());
    await vault.update(() => quoted);
    const misfit = (held: Purchase | undefined) => reducePurchase(held, {type: 'refused', intent: 'other'});
    await assert.rejects(vault.update(misfit, {access}), {name: 'TransitionError'});
    assert.deepEqual((await vault.record()).purchase, quoted);
    assert.deepEqual(await vault.orders(), []);
  });

  it('goes on in memory with what it knew when the database breaks', async () => {
    const device = new FakeDevice();
    const vault = open(device);
    await vault.update(() => quoted, {access});
    device.indexedDB = undefined;
    const database = databasePrototype(await someDatabase());
    const {transaction} = database;
    database.transaction = () => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    };
    try {
      assert.deepEqual((await vault.record()).purchase, quoted);
      assert.equal(await vault.update(() => undefined), undefined);
      assert.equal((await vault.record()).purchase, undefined);
      assert.deepEqual(await vault.orders(), [access]);
    } finally {
      database.transaction = transaction;
    }
  });

  it('opens the database anew when the connection was cut once', async () => {
    const device = new FakeDevice();
    const vault = open(device);
    await vault.update(() => quoted);
    const database = databasePrototype(await someDatabase());
    const {transaction} = database;
    let cuts = 0;
    database.transaction = function (this: IDBDatabase, ...args) {
      if (cuts++ === 0) throw new DOMException('Connection to the database was lost.', 'InvalidStateError');
      return transaction.apply(this, args);
    };
    try {
      await vault.update(() => undefined);
    } finally {
      database.transaction = transaction;
    }
    assert.equal((await open(device).record()).purchase, undefined);
  });

  it('remembers which carts were paid for, beside the purchase, and forgets the oldest of many', async () => {
    const device = new FakeDevice();
    const paid = (number: number) => ({cart: `cart-${number}`, skuIds: ['sku-1']});
    await open(device).update(() => quoted, {paid: paid(1)});
    assert.deepEqual(await open(device).record(), {purchase: quoted, paid: [paid(1)]});
    for (let number = 2; number <= 30; number++) await open(device).update(() => undefined, {paid: paid(number)});
    const {paid: kept} = await open(device).record();
    assert.equal(kept.length, 20);
    assert.deepEqual(kept.at(-1), paid(30));
  });

  it('remembers which keys were used, by order and across reloads, also where the database is blocked', async () => {
    const device = new FakeDevice();
    const vault = open(device);
    await vault.update(() => quoted, {access});
    await Promise.all([vault.markKey('order-1', 'a', true), open(device).markKey('order-1', 'b', true)]);
    await vault.markKey('order-2', 'c', true);
    await vault.markKey('order-1', 'a', true);
    assert.deepEqual([...(await open(device).usedKeys('order-1'))].sort(), ['a', 'b']);
    await vault.markKey('order-1', 'b', false);
    assert.deepEqual(await open(device).usedKeys('order-1'), ['a']);
    assert.deepEqual(await open(device, 'https://shop.example.org').usedKeys('order-1'), []);
    assert.deepEqual(await vault.orders(), [access]);
    device.indexedDB = undefined;
    const blocked = open(device);
    await blocked.markKey('order-1', 'd', true);
    assert.deepEqual(await blocked.usedKeys('order-1'), ['d']);
  });

  it('tells the other tabs what changed, and only that', async () => {
    const device = new FakeDevice();
    const [vault, other] = [open(device), open(device)];
    let told = 0;
    const stop = other.onChange(() => told++);
    await vault.update(held => held);
    await turns();
    assert.equal(told, 0);
    await vault.update(() => quoted);
    await turns();
    assert.equal(told, 1);
    stop();
    assert.equal(device.leftovers, 0);
  });
});

function databasePrototype(database: IDBDatabase): IDBDatabase {
  return Object.getPrototypeOf(database) as IDBDatabase;
}

function someDatabase(): Promise<IDBDatabase> {
  return new Promise(resolve => {
    const opening = new FakeDevice().indexedDB!.open('some');
    opening.onsuccess = () => {
      resolve(opening.result);
    };
  });
}

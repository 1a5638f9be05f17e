import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {addressBehind, networkOf} from '../../src/server/caller.ts';

describe('the address of a caller', () => {
  it('is that of the connection where no proxy stands before the server, whatever a header says', () => {
    assert.equal(addressBehind(0, '203.0.113.9', '198.51.100.1'), '198.51.100.1');
  });

  it('is what the outermost of the shop’s own proxies saw: entries before it are the caller’s invention', () => {
    assert.equal(addressBehind(1, '1.1.1.1, 203.0.113.9', '10.0.0.1'), '203.0.113.9');
    assert.equal(addressBehind(2, '1.1.1.1, 203.0.113.9, 10.0.0.2', '10.0.0.1'), '203.0.113.9');
  });

  it('is that of the connection where a proxy says nothing', () => {
    assert.equal(addressBehind(1, null, '10.0.0.1'), '10.0.0.1');
    assert.equal(addressBehind(2, '203.0.113.9', '10.0.0.1'), '10.0.0.1');
    assert.equal(addressBehind(1, null, undefined), undefined);
  });
});

describe('the network of a caller', () => {
  for (const [address, network] of [
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ] as const) {
    it(`of ${address} is ${network}`, () => assert.equal(networkOf(address), network));
  }
});

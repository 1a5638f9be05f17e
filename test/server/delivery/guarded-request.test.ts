import assert from 'node:assert/strict';
import type {lookup as systemLookup} from 'node:dns';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, it, type TestContext} from 'node:test';
import fc from 'fast-check';
import {guardedRequest} from '../../../src/server/delivery/guarded-request.ts';
import {isPublicAddress} from '../../../src/server/delivery/public-address.ts';

const signal = new AbortController().signal;
const post = (url: string) => ({url, method: 'POST', headers: {}, body: 'x'}) as const;

async function receiver(test: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A resolver under which every name has these addresses. */
const resolving = (...addresses: string[]) =>
  ((_: string, __: unknown, answer: (error: null, found: unknown) => void) =>
    answer(
      null,
      addresses.map(address => ({address, family: address.includes(':') ? 6 : 4})),
    )) as unknown as typeof systemLookup;

describe('an address that is called', () => {
  it('is public: no private, loopback, link-local, mapped or metadata address is', () => {
    const closed = [
      ['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
      ['172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
      [
        '::',
        '::1',
        '::ffff:127.0.0.1',
        '::ffff:7f00:1',
        '::127.0.0.1',
        'fe80::1',
        'fe80::1%eth0',
        'fc00::1',
        'fd12::1',
      ],
      ['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:1::', '2001:db8::1', 'ff02::1', 'localhost', ''],
    ].flat();
    for (const address of closed) assert.equal(isPublicAddress(address), false, address);
    for (const address of ['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '240e:1::1']) {
      assert.ok(isPublicAddress(address), address);
    }
  });

  it('is not private in any spelling that a URL takes', async () => {
    const hosts = [
      '127.0.0.1',
      '127.1',
      '0x7f.1',
      '2130706433',
      '017700000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '①②⑦.0.0.1',
    ];
    for (const host of hosts) {
      const asked = guardedRequest(post(`http://${host}:9/`), {allowPrivateAddresses: false, signal});
      await assert.rejects(asked, {name: 'GuardedRequestError', message: /private network/}, host);
    }
  });

  it('is not private under any name, nor where one of several is', async test => {
    let calls = 0;
    const port = await receiver(test, (_, response) => {
      calls++;
      response.end();
    });
    const closed = {name: 'GuardedRequestError', message: /private network/};
    // The system's own resolver, and names that point inside.
    await assert.rejects(
      guardedRequest(post(`http://localhost:${port}/`), {allowPrivateAddresses: false, signal}),
      closed,
    );
    for (const lookup of [
      resolving('127.0.0.1'),
      resolving('1.1.1.1', '10.0.0.1'),
      resolving('::ffff:10.0.0.1'),
      resolving(),
    ]) {
      const asked = guardedRequest(post(`http://hook.example:${port}/`), {
        allowPrivateAddresses: false,
        signal,
        lookup,
      });
      await assert.rejects(asked, closed);
    }
    assert.equal(calls, 0);
    const open = {allowPrivateAddresses: true, signal, lookup: resolving('127.0.0.1')};
    assert.equal((await guardedRequest(post(`http://hook.example:${port}/`), open)).status, 200);
  });

  it('is http or https', async () => {
    for (const url of ['ftp://example.com/', 'file:///etc/passwd', 'data:,x']) {
      await assert.rejects(guardedRequest(post(url), {allowPrivateAddresses: true, signal}), /Only http and https/);
    }
  });
});

describe('an answer', () => {
  const options = {allowPrivateAddresses: true, signal};

  it('that sends elsewhere is not followed', async test => {
    let inside = 0;
    const secret = await receiver(test, (_, response) => {
      inside++;
      response.end();
    });
    const port = await receiver(test, (_, response) => {
      response.writeHead(307, {Location: `http://127.0.0.1:${secret}/`}).end();
    });
    assert.equal((await guardedRequest(post(`http://127.0.0.1:${port}/`), options)).status, 307);
    assert.equal(inside, 0);
  });

  it('without end is read no further than needed', async test => {
    const port = await receiver(test, (_, response) => {
      const more = () => response.write('x'.repeat(65_536), () => response.destroyed || setImmediate(more));
      more();
    });
    const {text} = await guardedRequest(post(`http://127.0.0.1:${port}/`), options);
    assert.equal(text.length, 16_384);
  });

  it('that does not come, or comes by the letter, is waited for no longer than agreed', async test => {
    const silent = await receiver(test, () => {});
    const dripping = await receiver(test, (_, response) => {
      const drip = setInterval(() => response.write('x'), 5);
      response.once('close', () => clearInterval(drip));
    });
    for (const port of [silent, dripping]) {
      const asked = guardedRequest(post(`http://127.0.0.1:${port}/`), {...options, patienceMs: 60});
      await assert.rejects(asked, /did not answer in time/);
    }
  });

  it('that breaks off, or a port where nobody listens, is told in words of ours', async test => {
    const port = await receiver(test, request => request.socket.destroy());
    await assert.rejects(guardedRequest(post(`http://127.0.0.1:${port}/`), options), /broke the connection off/);
    await assert.rejects(guardedRequest(post('http://127.0.0.1:1/'), options), /refused the connection/);
  });

  it('tells of no IPv4 address that it is public where it lies in a private block', () => {
    const byte = fc.integer({min: 0, max: 255});
    fc.assert(
      fc.property(fc.constantFrom('10', '127', '192.168', '169.254'), byte, byte, byte, (block, a, b, c) => {
        const address = [block, a, b, c].join('.').split('.').slice(0, 4).join('.');
        assert.equal(isPublicAddress(address), false);
        assert.equal(isPublicAddress(`::ffff:${address}`), false);
      }),
    );
  });
});

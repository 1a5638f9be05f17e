import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer as createHttpsServer} from 'node:https';
import {createServer as createTcpServer, type AddressInfo, type Server} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {checkCertificate, type CertificateQuestion} from '../../src/cli/check-certificate.ts';
import type {Io} from '../../src/cli/command.ts';
import {doctorCommand} from '../../src/cli/doctor.ts';
import {testCertificate} from '../support/test-certificate.ts';
import {commandLine} from './support/command-line.ts';

const {key, cert, endsAt} = testCertificate;
const day = 24 * 3_600_000;
const patient: CertificateQuestion = {now: Date.parse('2030-01-01T00:00:00Z'), patienceMs: 60_000};
const trusting: CertificateQuestion = {...patient, ca: cert};

describe('the certificate of a shop', () => {
  const shop: Server = createHttpsServer({key, cert}, (_request, response) => response.end());
  const plain = createTcpServer(socket => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  });
  const mute = createTcpServer(socket => void socket.on('error', () => undefined));
  const servers = {shop, plain, mute};
  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  const check = (host: string, question = trusting, server: Server = shop) =>
    checkCertificate(`https://${host}:${portOf(server)}`, question);

  before(async () => {
    for (const server of Object.values(servers)) {
      server.listen(0);
      await once(server, 'listening');
    }
  });
  after(() => {
    for (const server of Object.values(servers)) server.close();
  });

  it('is good for the names in it, and says how long', async () => {
    assert.deepEqual(await check('127.0.0.1'), {state: 'ok', until: endsAt});
  });

  it('ends soon within fourteen days', async () => {
    const on = (now: number) => check('127.0.0.1', {...trusting, now});
    assert.deepEqual(await on(endsAt - 14 * day), {state: 'ok', until: endsAt});
    assert.deepEqual(await on(endsAt - 14 * day + 1), {state: 'soon', until: endsAt});
  });

  for (const [what, host, question, server, text] of [
    ['that has ended', '127.0.0.1', {...trusting, now: endsAt}, 'shop', /ended on 2120-01-01; renew it$/],
    ['that has not begun', '127.0.0.1', {...trusting, now: 0}, 'shop', /valid from 2020-01-01 on; look at .+ clock$/],
    ['for others', 'localhost', trusting, 'shop', /not for localhost but for .*127\.0\.0\.1.*shop\.example/],
    ['of nobody', '127.0.0.1', patient, 'shop', /^browsers do not trust .+\(.+\); serve the whole chain$/],
    ['where nothing speaks TLS', '127.0.0.1', trusting, 'plain', /does not speak TLS$/],
    ['of a server that is mute', '127.0.0.1', {...trusting, patienceMs: 1}, 'mute', /does not answer$/],
  ] as const) {
    it(`is wrong: one ${what}`, async () => {
      const found = await check(host, question, servers[server]);
      assert.ok(found.state === 'wrong', found.state);
      assert.match(found.text, text);
    });
  }

  it('is wrong: one of a server that is not there', async () => {
    const gone = createTcpServer().listen(0);
    await once(gone, 'listening');
    const port = portOf(gone);
    gone.close();
    await once(gone, 'close');
    assert.deepEqual(await checkCertificate(`https://127.0.0.1:${port}`, patient), {
      state: 'wrong',
      text: `https://127.0.0.1:${port} cannot be reached (ECONNREFUSED)`,
    });
  });

  it('is looked at by keystall doctor: on the internet always, on this machine when asked', async () => {
    const told = async (address: string, ...args: readonly string[]) => {
      const line = await commandLine(undefined, {address});
      const out: string[] = [];
      const environment = {PLATFORM_ID: '1000', PLATFORM_KEY: 'A', PAYMENT_KEY: 'p', WEBHOOK_SECRET: 'whsec_AAAA'};
      const io: Io = {environment, print: text => void out.push(text), tell: text => void out.push(text)};
      await doctorCommand.run([...args, '--config', join(line.folder, 'keystall.config.mjs')], io);
      await line.remove();
      return out.filter(text => text.includes('certificate of'));
    };
    const address = `https://127.0.0.1:${portOf(shop)}`;
    assert.deepEqual(await told(address), []);
    const [line] = await told(address, '--tls');
    assert.ok(line?.startsWith(`WRONG certificate of ${address}: browsers do not trust`), line);
    const [plainly] = await told('http://127.0.0.1:4100', '--tls');
    assert.match(plainly!, /^look {2}certificate of http:\/\/127\.0\.0\.1:4100: there is none/);
  });
});

import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, it, type TestContext} from 'node:test';
import {createGatewayChannel, type GatewayChannelOptions} from '../../../src/server/delivery/sms/gateway-channel.ts';
import {aMessage, canary} from '../../support/messages.ts';
import {signal} from '../../support/one-purchase.ts';

const link = 'https://page.example/order#ks-return=dlv_x.hash@shop.example';
const message = aMessage({to: '+8613800138000', keys: [], link});

async function openGateway(test: TestContext, answer: {status?: number; body?: string} = {}) {
  const asked: {url: string; type: string | undefined; token: unknown; body: string}[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', part => (body += part));
    request.once('end', () => {
      asked.push({
        url: request.url!,
        type: request.headers['content-type'],
        token: request.headers['x-token'],
        body,
      });
      response.writeHead(answer.status ?? 200).end(answer.body ?? '{"code": 0}');
    });
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const channel = (options: Partial<GatewayChannelOptions> = {}) =>
    createGatewayChannel({
      url: `${address}/send`,
      method: 'POST',
      headers: {'X-Token': {env: 'SMS_TOKEN'}},
      contentType: 'application/json',
      body: '{"to": "{number}", "text": "{text}", "id": "{id}"}',
      variables: {},
      keys: 'link',
      allowPrivateAddresses: true,
      secrets: ({env}) => `secret of ${env}`,
      ...options,
    });
  return {address, asked, channel};
}

describe('a short message', () => {
  it('goes to mobile numbers only', async test => {
    const {channel} = await openGateway(test);
    const to = (contact: string) => channel().addressOf({contact});
    assert.equal(to('138 0013 8000'), '+8613800138000');
    assert.equal(to('＋８８６ 912-345-678'), '+886912345678');
    for (const contact of ['12345678', '02112345678', 'mei@example.com', '+0123', '13800138000\nx']) {
      assert.equal(to(contact), undefined, contact);
    }
    assert.equal(channel().masked('+8613800138000'), '138****8000');
  });

  it('is asked of the gateway as its owner wrote it, with a link and without a key', async test => {
    const {asked, channel} = await openGateway(test);
    assert.equal((await channel().send(message, signal)).kind, 'sent');
    const [{type, token, body}] = asked as [(typeof asked)[number]];
    assert.deepEqual([type, token], ['application/json; charset=utf-8', 'secret of SMS_TOKEN']);
    const sent = JSON.parse(body) as Record<string, string>;
    assert.deepEqual([sent['to'], sent['id']], ['13800138000', message.id]);
    assert.ok(sent['text']!.startsWith('【卡铺】您购买的商品已发货') && sent['text']!.includes(link));
    assert.equal(channel().carries, 'link');
    assert.equal(channel({keys: 'inline'}).carries, 'keys');
  });

  it('can be a form, an address alone, or hold the keys where its owner wants that', async test => {
    const {address, asked, channel} = await openGateway(test);
    await channel({
      contentType: 'application/x-www-form-urlencoded',
      body: 'mobile={international}&content={text}&sign={sign-key}',
      variables: {'sign-key': {env: 'SIGN'}},
      keys: 'inline',
    }).send(aMessage({to: '+8613800138000'}), signal);
    const form = new URLSearchParams(asked[0]!.body);
    assert.deepEqual([form.get('mobile'), form.get('sign')], ['+8613800138000', 'secret of SIGN']);
    assert.ok(form.get('content')!.includes(canary));
    await createGatewayChannel({
      url: `${address}/get?to={number}&text={text}`,
      method: 'GET',
      headers: {},
      contentType: 'text/plain',
      variables: {},
      keys: 'link',
      allowPrivateAddresses: true,
      secrets: () => '',
    }).send(message, signal);
    assert.equal(new URL(asked[1]!.url, address).searchParams.get('to'), '13800138000');
  });

  it('was taken only if the gateway’s answer says so', async test => {
    const taken = async (answer: {status?: number; body?: string}, success?: GatewayChannelOptions['success']) => {
      const {channel} = await openGateway(test, answer);
      const outcome = await channel({...(success && {success})}).send(message, signal);
      return outcome.kind === 'sent' || outcome.text;
    };
    const field = {field: 'data.code', equals: 0};
    assert.equal(await taken({body: '{"data": {"code": 0}}'}, field), true);
    for (const body of ['{"data": {"code": "0"}}', '{"data": null}', '{}', '<html>', `{"message": "${canary}"}`]) {
      const text = await taken({body}, field);
      assert.match(String(text), /did not take the message/);
      assert.ok(!String(text).includes(canary));
    }
    assert.equal(await taken({body: 'OK:1'}, {contains: 'OK'}), true);
    assert.match(String(await taken({status: 500})), /status 500/);
  });

  it('goes to no gateway inside a network unless that is configured', async test => {
    const {asked, channel} = await openGateway(test);
    const outcome = await channel({allowPrivateAddresses: false}).send(message, signal);
    assert.ok(outcome.kind === 'not_sent' && /private network/.test(outcome.text));
    assert.equal(asked.length, 0);
  });
});

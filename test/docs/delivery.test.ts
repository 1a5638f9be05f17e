import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {describe, it, type TestContext} from 'node:test';
import {pathToFileURL} from 'node:url';
import {Webhook} from 'standardwebhooks';
import {deliveryChannelSchema, deliveryOccasions, deliveryRequestSchema} from '../../src/contract/delivery.ts';
import {deliveryConfigSchema, deliveryMistakes} from '../../src/server/config/delivery-config.ts';
import {smsPlaceholders} from '../../src/server/delivery/sms/template.ts';
import * as v from 'valibot';
import {codeBlocks, firstColumn} from './markdown.ts';

const guide = 'docs/delivery.md';
const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

/** What a piece of TypeScript of the guide exports. */
async function run(test: TestContext, text: string): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'keystall-delivery-'));
  test.after(() => rmSync(folder, {recursive: true}));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const config = pathToFileURL(resolve('src/server/config/config.ts')).href;
  const file = join(folder, 'snippet.mts');
  writeFileSync(file, text.replace("'keystall/config'", JSON.stringify(config)));
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

describe('the guide to delivery', () => {
  const [config, receiver] = codeBlocks(guide, 'ts');

  it('has a configuration that the server takes', async test => {
    const {delivery} = await run(test, config!.text);
    const checked = v.parse(deliveryConfigSchema, delivery);
    assert.deepEqual(deliveryMistakes(checked, ['https://www.example.com']), []);
  });

  it('has a receiver that takes what is signed, once, and nothing else', async test => {
    process.env['CALLBACK_SECRET'] = secret;
    const said = test.mock.method(console, 'log', () => {});
    const {receive} = (await run(test, receiver!.text)) as {receive(request: Request): Promise<Response>};
    const body = JSON.stringify({id: 'dlv_1', type: 'order.keys_delivered', order: {number: '1', state: 'delivered'}});
    const now = new Date();
    const signed = (signature: string) =>
      new Request('https://erp.example.com/keystall', {
        method: 'POST',
        body,
        headers: {
          'webhook-id': 'dlv_1',
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': signature,
        },
      });
    const signature = new Webhook(secret).sign('dlv_1', now, body);
    for (let copy = 0; copy < 2; copy++) assert.equal((await receive(signed(signature))).status, 204);
    assert.equal((await receive(signed('v1,AAAA'))).status, 401);
    assert.deepEqual(
      said.mock.calls.map(call => call.arguments),
      [['1: order.keys_delivered']],
    );
  });

  it('has a request that the console takes', () => {
    const {text} = codeBlocks(guide, 'sh')[0]!;
    const body = /-d '([^']+)'/.exec(text)![1]!;
    const {channels} = v.parse(deliveryRequestSchema, JSON.parse(body));
    for (const channel of channels) v.parse(deliveryChannelSchema, channel);
    assert.match(/Idempotency-Key: ([\w-]+)/.exec(text)![1]!, /^[A-Za-z0-9_-]{16,64}$/);
  });

  it('names every occasion and every placeholder there is', () => {
    assert.deepEqual(firstColumn(guide, 'occasion'), [...deliveryOccasions]);
    assert.deepEqual(firstColumn(guide, 'placeholder').toSorted(), smsPlaceholders.map(name => `{${name}}`).toSorted());
  });
});

import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import {contractDocument, type SchemaObject} from '../../support/contract-document.ts';
import {operations, requestSchema} from '../../support/contract-check.ts';
import {delivered, fakeUpstream} from '../../support/fake-upstream.ts';
import {consoleToken, json, openShop, type TestShop} from '../../support/shop-server.ts';

/** Texts that have broken parsers, databases and loggers. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '__proto__',
    'constructor',
    'toString',
    "' or 1=1 --",
    '${jndi:ldap://x}',
    '../../etc/passwd',
    '%s%n',
    '‮',
    '-1',
    '1e309',
    'NaN',
    'https://page.example',
    'fakepay-page',
    'zh-CN',
    '-',
    '\r\nSet-Cookie: a=b',
  ),
  fc.string({unit: 'binary', maxLength: 80}),
  fc.integer({min: 250, max: 3000}).map(length => 'x'.repeat(length)),
);
const hostileNumber = fc.constantFrom(0, -1, 1.5, 1e9, 1e21, -0, Number.MAX_SAFE_INTEGER, 5e-324, 10_001);
const hostileValue = fc.oneof(
  {weight: 3, arbitrary: hostileText},
  hostileNumber,
  fc.constantFrom(null, true, [], {}),
  fc.jsonValue({maxDepth: 3}),
);

/** Values that look like what a schema asks for, with something wrong in them here and there. */
function valueFor(schema: SchemaObject, depth = 0): fc.Arbitrary<unknown> {
  const resolved = schema.$ref ? contractDocument.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;
  const fitting = fittingValue(resolved, depth);
  return fc.oneof({weight: 4, arbitrary: fitting}, {weight: 1, arbitrary: hostileValue});
}

function fittingValue(schema: SchemaObject, depth: number): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, property]) => [name, valueFor(property, depth + 1)] as const,
      );
      if (properties.length === 0 || depth > 4) {
        return fc.dictionary(hostileText, fc.oneof(hostileText, fc.dictionary(hostileText, hostileText)), {maxKeys: 3});
      }
      return fc.record(Object.fromEntries(properties), {requiredKeys: [...(schema.required ?? [])]});
    }
    case 'array':
      return fc.array(valueFor(schema.items ?? {}, depth + 1), {maxLength: 4});
    case 'integer':
    case 'number':
      return fc.integer({min: 1, max: 100});
    case 'boolean':
      return fc.boolean();
    default:
      return hostileText;
  }
}

/** `npm run fuzz` asks for more. They are shared out among the operations. */
const cases = Number(process.env['FUZZ_CASES'] ?? 5_000);
const casesEach = Math.ceil(cases / operations().length);
const patienceMs = 10_000;

/** What tells of the inside of a server: its stack, its files, its database. */
const inside = /\n\s+at |file:\/\/|node_modules|\.ts:\d|insert into|violates|invalid byte sequence|Cannot read prop/i;

/** Somebody else's order, paid and delivered: whatever is sent, nothing of it may come back. */
async function strangersSecrets(shop: TestShop): Promise<readonly string[]> {
  const {intent, token: quote} = await shop.agree();
  const body = {quote, contact: 'stranger-4711@example.com', lookupPassword: 'stranger password'};
  const placed = await json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent, body}), 201);
  await shop.notify(await shop.openPayment(placed));
  await shop.work();
  assert.equal((await shop.order(placed)).state, 'delivered');
  return [canary, body.contact, body.lookupPassword, placed.token, consoleToken];
}

const canary = 'CANARY-0815-ZEBRA';

const header = fc.stringMatching(/^[\x21-\x7e]{0,80}$/);

describe('any input at all', () => {
  for (const {method, path, operation} of operations()) {
    it(`${method} ${path} is answered, and never by a fault of ours`, async () => {
      const upstream = fakeUpstream();
      upstream.script({buy: async () => delivered(canary)});
      const shop = await openShop({upstream});
      const secrets = await strangersSecrets(shop);
      const placed = await shop.place();
      const {token: quote, intent} = await shop.agree();
      const schema = requestSchema(operation);
      const call = fc.record({
        segment: fc.oneof(hostileText, fc.constantFrom(placed.order.id, 'fakepay')),
        query: fc.array(
          fc.tuple(fc.constantFrom('q', 'category', 'sort', 'cursor', 'limit', 'lang', 'x'), hostileText),
          {
            maxLength: 4,
          },
        ),
        authorization: fc.oneof(header, fc.constantFrom(`Bearer ${placed.token}`, `Bearer ${consoleToken}`)),
        key: fc.oneof(header, fc.constant(intent)),
        body: schema ? valueFor(schema) : hostileValue,
        quote: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(call, async ({segment, query, authorization, key, body, quote: hasQuote}) => {
          const filled = path.replaceAll(/\{\w+\}/g, encodeText(segment) || 'x');
          const search = query.map(([name, value]) => `${name}=${encodeText(value)}`).join('&');
          const controller = new AbortController();
          const sent = hasQuote && isObject(body) && 'quote' in body ? {...body, quote} : body;
          const answer = await shop.fetch(`${filled}?${search}`, {
            method,
            signal: controller.signal,
            headers: {
              ...(authorization && {Authorization: authorization}),
              ...(key && {'Idempotency-Key': key}),
            },
            ...(method === 'POST' && {body: sent ?? null}),
          });
          controller.abort();
          assert.ok(answer.status < 500, `${answer.status}`);
          if (answer.body === null || answer.headers.get('Content-Type')?.startsWith('text/event-stream')) return;
          const said = await answer.text();
          assert.ok(!inside.test(said), said);
          for (const secret of secrets) assert.ok(!said.includes(secret), `${secret} in ${said}`);
        }),
        {numRuns: casesEach, timeout: patienceMs},
      );
      assert.deepEqual(shop.log.events('error'), []);
    });
  }
});

function encodeText(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '')).replaceAll('.', '%2E');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

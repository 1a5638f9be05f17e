import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {consoleHeader, type AuditEntry, type AuditPage, type ConsoleSession} from '../../../src/contract/console.ts';
import {consoleRoles, type ConsoleRole} from '../../../src/domain/console-role.ts';
import {rolesFor} from '../../../src/server/console/permissions.ts';
import {admit, consoleToken} from '../../support/console-people.ts';
import {operations} from '../../support/contract-check.ts';
import {json, openShop, pageOrigin, problem, shopAddress, type Call, type TestShop} from '../../support/shop-server.ts';

const path = '/v1/console/sessions';
const owner = {token: consoleToken};

/** A shop with somebody of each role; each one's token is the name of the role, and a tail. */
async function staffedShop() {
  const shop = await openShop();
  const tokens = {} as Record<ConsoleRole, string>;
  for (const role of consoleRoles) {
    tokens[role] = `${role}-token-0123456789`;
    await admit(shop.store, {token: tokens[role], name: role, role});
  }
  return {shop, tokens};
}

async function signIn(shop: TestShop, token = consoleToken) {
  const answer = await shop.fetch(path, {method: 'POST', token});
  const session = await json<ConsoleSession>(answer, 201);
  const [cookie, ...attributes] = answer.headers.get('Set-Cookie')!.split('; ');
  return {session, cookie: cookie!, attributes};
}

/** As the shop's own page sends it. */
const fromPage = (cookie: string, headers: Call['headers'] = {}) => ({
  headers: {Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', [consoleHeader]: '1', ...headers},
});

const audit = async (shop: TestShop, token = consoleToken) =>
  (await json<AuditPage>(await shop.fetch('/v1/console/audit', {token}))).items;

const writes = operations().filter(({method, path}) => method !== 'GET' && path.startsWith('/v1/console/'));
const callOf = ({method, path}: {method: string; path: string}) => ({
  path: path.replaceAll('{connection}', 'main').replaceAll(/\{\w+\}/g, 'absent'),
  call: {method, key: 'int_0000000000000000000000', ...(method === 'POST' && {body: {}})},
});

describe('tokens of the console', () => {
  it('say whose they are and what they are for', async () => {
    const {shop, tokens} = await staffedShop();
    const {name, role} = await json<ConsoleSession>(await shop.fetch(path, {token: tokens.viewer}));
    assert.deepEqual([name, role], ['viewer', 'viewer']);
  });

  it('open nothing before they were made, after their time and once they are revoked', async () => {
    const shop = await openShop();
    const {id} = await admit(shop.store, {token: 'a-token-that-ends', expiresAt: shop.clock.now() + 1000});
    const call = {token: 'a-token-that-ends'};
    assert.equal((await shop.fetch(path, call)).status, 200);
    shop.clock.advance(1000);
    await problem(await shop.fetch(path, call), 'console_token_invalid');
    await problem(await shop.fetch(path, {token: 'never-made'}), 'console_token_invalid');
    await problem(await shop.fetch(path, {token: id}), 'console_token_invalid');
    const second = await admit(shop.store, {token: 'another-token'});
    const {cookie} = await signIn(shop, 'another-token');
    await shop.store.transaction(tx => tx.revokeConsoleToken(second.id, shop.clock.now()));
    await problem(await shop.fetch(path, {token: 'another-token'}), 'console_token_invalid');
    await problem(await shop.fetch(path, fromPage(cookie)), 'console_token_invalid');
  });

  it('stand nowhere in the store, nor does a session', async () => {
    const shop = await openShop();
    const {cookie} = await signIn(shop);
    const kept = JSON.stringify([shop.store.writes, shop.log.entries, await audit(shop)]);
    for (const secret of [consoleToken, cookie.split('=')[1]!]) assert.ok(!kept.includes(secret));
  });

  for (const {method, path, operation} of operations().filter(each => each.path.startsWith('/v1/console/'))) {
    const allowed = rolesFor(`${method} ${path}`);
    it(`${operation.operationId} is for ${allowed.join(', ')}`, async () => {
      const {shop, tokens} = await staffedShop();
      const {path: filled, call} = callOf({method, path});
      await problem(await shop.fetch(filled, call), 'console_token_invalid');
      for (const role of consoleRoles) {
        const answer = await shop.fetch(filled, {...call, token: tokens[role]});
        if (allowed.includes(role)) assert.ok(answer.status !== 401 && answer.status !== 403, `${answer.status}`);
        else await problem(answer, 'console_role_insufficient');
      }
    });
  }

  it('are for what one would expect', () => {
    assert.deepEqual(rolesFor('GET /v1/console/audit'), ['owner', 'bookkeeper']);
    assert.deepEqual(rolesFor('POST /v1/console/anything-new'), ['owner', 'operator']);
    assert.deepEqual(rolesFor('GET /v1/console/anything-new'), consoleRoles);
  });
});

describe('a page of the console', () => {
  it('is signed in by a cookie that no script and no other site gets', async () => {
    const shop = await openShop();
    const {cookie, attributes, session} = await signIn(shop);
    assert.match(cookie, /^__Host-keystall-console=[\w-]{43}$/);
    assert.deepEqual(attributes.toSorted(), [
      'HttpOnly',
      `Max-Age=${12 * 3600}`,
      'Path=/',
      'SameSite=Strict',
      'Secure',
    ]);
    assert.equal(Date.parse(session.expiresAt), shop.clock.now() + 12 * 3_600_000);
    const {name} = await json<ConsoleSession>(await shop.fetch(path, fromPage(cookie)));
    assert.equal(name, 'owner');
  });

  it('is signed in no longer than the token lasts, and not for ever', async () => {
    const shop = await openShop();
    await admit(shop.store, {token: 'short', expiresAt: shop.clock.now() + 60_000});
    const {attributes} = await signIn(shop, 'short');
    assert.ok(attributes.includes('Max-Age=60'));
    const {cookie} = await signIn(shop);
    shop.clock.advance(12 * 3_600_000);
    await problem(await shop.fetch(path, fromPage(cookie)), 'console_token_invalid');
    await shop.work();
  });

  it('does not sign itself in again', async () => {
    const shop = await openShop();
    const {cookie} = await signIn(shop);
    await problem(await shop.fetch(path, {method: 'POST', ...fromPage(cookie)}), 'console_token_invalid');
  });

  it('is signed out for good', async () => {
    const shop = await openShop();
    const {cookie} = await signIn(shop);
    const answer = await shop.fetch(path, {method: 'DELETE', ...fromPage(cookie)});
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get('Set-Cookie')!, /^__Host-keystall-console=; Max-Age=0;/);
    await problem(await shop.fetch(path, fromPage(cookie)), 'console_token_invalid');
  });

  const sync = '/v1/console/connections/main/syncs';
  for (const [whose, headers] of [
    ['another site', {'Sec-Fetch-Site': 'cross-site'}],
    ['another host of the site', {'Sec-Fetch-Site': 'same-site', Origin: pageOrigin}],
    ['a merchant’s page', {Origin: pageOrigin}],
    ['an old browser on another site', {'Sec-Fetch-Site': undefined, Origin: 'https://evil.example'}],
    ['a sandboxed frame', {Origin: 'null'}],
    ['a form, which sends no header of its own', {[consoleHeader]: undefined}],
    ['nobody knows where', {'Sec-Fetch-Site': undefined}],
    ['the address bar', {'Sec-Fetch-Site': 'none'}],
  ] as const) {
    it(`changes nothing where the request comes from ${whose}`, async () => {
      const shop = await openShop();
      const {cookie} = await signIn(shop);
      const all = Object.entries({...fromPage(cookie).headers, ...headers}).filter(([, value]) => value !== undefined);
      const call = {method: 'POST', headers: Object.fromEntries(all) as Record<string, string>};
      await problem(await shop.fetch(sync, call), 'origin_not_allowed');
      assert.equal(shop.jobs.waiting().length, 0);
    });
  }

  it('changes what its role allows', async () => {
    const shop = await openShop();
    const {cookie} = await signIn(shop);
    const call = {method: 'POST', ...fromPage(cookie, {Origin: shopAddress})};
    assert.equal((await shop.fetch(sync, call)).status, 202);
  });

  it('may be opened from the address bar, and read by no other site', async () => {
    const shop = await openShop();
    const {cookie} = await signIn(shop);
    const read = (site: string) => shop.fetch(path, {headers: {Cookie: cookie, 'Sec-Fetch-Site': site}});
    assert.equal((await read('none')).status, 200);
    for (const site of ['cross-site', 'same-site']) await problem(await read(site), 'origin_not_allowed');
  });
});

describe('the log of the console', () => {
  for (const each of writes) {
    it(`has a line of ${each.operation.operationId}, with who, when, what and on which subject`, async () => {
      const shop = await openShop();
      const before = await audit(shop);
      const {path: filled, call} = callOf(each);
      const answer = await shop.fetch(filled, {...call, ...owner});
      const [line, ...others] = await audit(shop);
      assert.deepEqual(others, before);
      assert.deepEqual([line!.name, line!.role, line!.action], ['owner', 'owner', `${each.method} ${each.path}`]);
      assert.equal(line!.at, new Date(shop.clock.now()).toISOString());
      assert.equal(line!.subject, /\{/.test(each.path) ? filled.split('/')[4] : undefined);
      assert.ok(line!.requestId.length > 8);
      assert.equal(line!.outcome!.status, answer.status);
      const code = answer.ok ? undefined : ((await answer.json()) as {code: string}).code;
      assert.equal(line!.outcome!.code, code);
    });
  }

  it('has a line of what somebody was not allowed to do, and none of who is nobody', async () => {
    const {shop, tokens} = await staffedShop();
    const sync = '/v1/console/connections/main/syncs';
    await shop.fetch(sync, {method: 'POST', token: tokens.viewer});
    await shop.fetch(sync, {method: 'POST', token: 'wrong'});
    await shop.fetch('/v1/console/audit', {token: tokens.operator});
    const found = (await audit(shop, tokens.bookkeeper)).map(({name, action, outcome}) => [name, action, outcome]);
    const refused = {status: 403, code: 'console_role_insufficient'};
    assert.deepEqual(found, [
      ['operator', 'GET /v1/console/audit', refused],
      ['viewer', 'POST /v1/console/connections/{connection}/syncs', refused],
    ]);
  });

  it('has the request’s own id, so that it can be read beside the server’s log', async () => {
    const shop = await openShop();
    const request = new Request(`${shopAddress}${path}`, {
      method: 'POST',
      headers: {Authorization: `Bearer ${consoleToken}`},
    });
    await shop.server.fetch(request, {requestId: 'request-0001'});
    assert.equal((await audit(shop))[0]!.requestId, 'request-0001');
  });

  it('says of an action that broke off that nobody knows what came of it', async () => {
    const shop = await openShop();
    let fails = false;
    const {transaction} = shop.store;
    Object.assign(shop.ports.store, {
      transaction: (work: Parameters<typeof transaction>[0]) => {
        const isOutcome = fails;
        fails = true;
        return isOutcome ? Promise.reject(new Error('the database is gone')) : transaction.call(shop.store, work);
      },
    });
    const answer = await shop.fetch('/v1/console/connections/absent/syncs', {method: 'POST', ...owner});
    await problem(answer, 'not_found');
    Object.assign(shop.ports.store, {transaction});
    const [line] = await audit(shop);
    assert.deepEqual([line!.subject, line!.outcome], ['absent', undefined]);
    assert.ok(shop.log.entries.some(({event}) => event === 'outcome of a console action not written down'));
  });

  it('stops an action that cannot be written down', async () => {
    const shop = await openShop();
    const {transaction} = shop.store;
    Object.assign(shop.ports.store, {transaction: () => Promise.reject(new Error('the database is gone'))});
    await problem(await shop.fetch('/v1/console/connections/main/syncs', {method: 'POST', ...owner}), 'internal_error');
    Object.assign(shop.ports.store, {transaction});
    assert.equal(shop.jobs.waiting().length, 0);
  });

  it('is read page by page', async () => {
    const shop = await openShop();
    for (let index = 0; index < 5; index++) await signIn(shop);
    const all = await audit(shop);
    const read: AuditEntry[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const query = `limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: AuditPage = await json<AuditPage>(await shop.fetch(`/v1/console/audit?${query}`, owner));
      read.push(...page.items);
      cursor = page.nextCursor;
    }
    assert.deepEqual([read.length, read], [5, all]);
    for (const query of ['cursor=x', 'limit=0', 'limit=101']) {
      await problem(await shop.fetch(`/v1/console/audit?${query}`, owner), 'validation_failed');
    }
  });
});
